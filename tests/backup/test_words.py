"""Every state of the backups has a sentence, in both languages."""

from datetime import timedelta
from itertools import product

import pytest

from app.backup.keeper import BackupState
from app.backup.mirror import Second
from app.backup.words import backup_words
from app.clock import now

TODAY = now().astimezone().replace(hour=0, minute=5)


@pytest.mark.parametrize(("problem", "second"), list(product(("", "no_room", "damaged", "failed"), Second)))
def test_every_state_can_be_said(problem: str, second: Second) -> None:
    state = BackupState(TODAY, problem, second)
    said = {language: backup_words(state, language) for language in ("id", "en")}

    assert all(said.values()) and said["id"] != said["en"]
    assert state.is_well == ("00" in said["en"]), said


def test_today_has_a_time_and_another_day_a_date() -> None:
    assert backup_words(BackupState(TODAY, "", Second.GOOD), "id") == "Cadangan 00.05, juga di USB"
    assert backup_words(BackupState(TODAY), "en") == "Backup 00:05"
    earlier = backup_words(BackupState(TODAY - timedelta(days=400)), "en")
    assert str((TODAY - timedelta(days=400)).year) in earlier
