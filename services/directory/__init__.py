"""通讯录: the directory of the organisation, one's own contacts, and corrections that are asked."""

from services.directory.contact_book import ContactBook, OwnContact
from services.directory.corrections import Correction, Corrections
from services.directory.directory import Directory, DirectoryEntry, DirectoryPage

__all__ = [
    "ContactBook",
    "Correction",
    "Corrections",
    "Directory",
    "DirectoryEntry",
    "DirectoryPage",
    "OwnContact",
]
