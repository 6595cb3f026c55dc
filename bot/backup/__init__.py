"""What leaves the machine: the log's head, an export, a backup. Nothing here changes the club."""
