"""The export bundle (exportbundel): the log in one file, for an auditor or for another Kringboek."""
