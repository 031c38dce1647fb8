"""What the templates are given: plain frozen values, nothing of services or stores.

One module per group of pages; every page template gets `shell` (views.shell.Shell) and `page`
(the class named after the page). Addresses are complete paths, texts that a person wrote are
plain `str` (the template escapes them), `Markup` is markup that this house has made itself.
"""
