"""Readers of Office Open XML: docx, xlsx, pptx, vsdx, by a walk of their parts."""
