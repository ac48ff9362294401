"""How English is read: words, figures, names, denials and set phrases, of any subject."""
