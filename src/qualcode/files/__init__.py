"""Reading what is not ours, safely: encodings, zip, XML, Word documents, tables.

The modules are imported where they are used (`qualcode.files.docx` needs lxml, `qualcode.files.tables` openpyxl).
"""
