"""Accounts: guests, students who register, teachers who were invited, signing in and out."""

from web.accounts.views import blueprint

__all__ = ["blueprint"]
