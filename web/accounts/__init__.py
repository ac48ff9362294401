"""Accounts: guests who register, signing in and out, one's own name and password, invited teachers."""

from web.accounts import own_account, registering, second_step, signing_in
from web.accounts.blueprint import blueprint

__all__ = ["blueprint", "own_account", "registering", "second_step", "signing_in"]
