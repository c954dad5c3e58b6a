import shlex


def words(notice):
    """The command that sends a notice, as the runner takes it."""
    return shlex.split(f"notify --to {notice['contact']} --subject {notice['subject']}")
