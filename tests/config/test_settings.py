"""The configuration: good without a file, and every mistake named in one line."""

from __future__ import annotations

import tomllib
from contextlib import chdir
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billwatch.bill import BillId
from billwatch.config import Archive, Config, Correction, Follow, NamedBill, Site, checked, now
from billwatch.config.file import ConfigFile
from billwatch.errors import UsageError
from billwatch.legislatures.new_york.settings import Settings

EXAMPLE = (files("billwatch.config") / "example.toml").read_text("utf-8")


def loaded(folder: Path, text: str, env: dict[str, str] | None = None) -> Config:
    file = folder / "billwatch.toml"
    file.write_text(text, "utf-8")
    return Config.load(file, env)


def test_no_file_is_needed(tmp_path: Path) -> None:
    """Without a file New York's bills on speech and privacy are followed, politely."""
    with chdir(tmp_path):
        config = Config.load()
    assert config.follow.legislatures == ("ny",)
    assert config.follow.topics == ("speech", "privacy")
    assert config.legislature("ny").requests_per_second == 1
    assert config.legislature("ny").requests_per_run == 900


def test_the_file_of_the_working_directory_is_read(tmp_path: Path) -> None:
    """`billwatch.toml` counts where it lies; one that is named and missing is a mistake."""
    (tmp_path / "billwatch.toml").write_text('[site]\ntitle = "Ours"\n')
    with chdir(tmp_path):
        assert Config.load().site.title == "Ours"
        with pytest.raises(UsageError, match=r"other.toml: cannot be read .*check the path"):
            Config.load(Path("other.toml"))


def test_a_link_that_leads_nowhere_is_no_missing_file(tmp_path: Path) -> None:
    """What it should lead to was meant: the defaults are not taken for it."""
    (tmp_path / "billwatch.toml").symlink_to("elsewhere.toml")
    with chdir(tmp_path), pytest.raises(UsageError, match=r"billwatch.toml: cannot be read .*where this link leads"):
        Config.load()


def test_the_example_is_a_configuration(tmp_path: Path) -> None:
    """The example loads, and what it says arrives."""
    config = loaded(tmp_path, EXAMPLE)
    assert config.site.contact == "mailto:you@example.org"
    assert config.legislature("ny").sessions == ("2025",)
    assert config.named_bills == (
        BillId("ny", "2017", "S9191"),
        BillId("ny", "2025", "S404"),
        BillId("ny", "2025", "A1071"),
    )
    (named,) = [bill for bill in config.bill if bill.id == "ny/2025/S404"]
    assert (named.position, named.priority) == ("support", "high")
    assert config.decisions["ny/2025/A1071"].topics == ("content-moderation",)
    assert config.decisions["ny/2025/S2271"].not_ours and "ny/2025/S404" not in config.decisions
    (corrected,) = config.correction
    assert (corrected.on, corrected.bill) == (date(2025, 6, 20), "ny/2025/S404") and "in Codes" in corrected.text


def test_the_example_shows_every_key() -> None:
    """A key that is not in the example has no remedy to quote and nobody to find it."""
    example = tomllib.loads(EXAMPLE)
    for kind, table in (
        (Site, example["site"]),
        (Follow, example["follow"]),
        (Archive, example["archive"]),
        (NamedBill, {key: value for bill in example["bill"] for key, value in bill.items()}),
        (Correction, example["correction"][0]),
        (Settings, example["legislatures"]["ny"]),
    ):
        assert set(table) == set(kind.__struct_fields__)


MISTAKES = {
    "decided without a reason": (
        '[[bill]]\nid = "ny/2025/S1"\nnot_ours = true',
        r"bill.reason: ny/2025/S1 is decided without one; write it like reason = \"",
    ),
    "decided both ways": (
        '[[bill]]\nid = "ny/2025/S1"\nnot_ours = true\ntopics = ["biometrics"]\nreason = "x"',
        r"bill.not_ours: ny/2025/S1 has topics as well; keep one of the two",
    ),
    "decided for no subtopic": (
        '[[bill]]\nid = "ny/2025/S1"\ntopics = ["biometric"]\nreason = "x"',
        r"bill.topics.biometric: no such name here; did you mean 'biometrics'\?",
    ),
    "decided about no bill": (
        '[[bill]]\nid = "S1"\nnot_ours = true\nreason = "x"',
        r"follow.bills or bill.id: 'S1' is not a bill id",
    ),
    "syntax": ("[site]\ntitle\n", r"billwatch.toml: .*line 2.*toml.io"),
    "table": ("[sites]", r"billwatch.toml: sites: no such name here; did you mean 'site'\?"),
    "word": ('[site]\ntitel = "x"', r"site.titel: no such name here; did you mean 'title'\?"),
    "far key": (
        "[follow]\nxyz = 1",
        r"follow.xyz: no such name here; there are: legislatures, topics, bills",
    ),
    "type": (
        '[follow]\nbills = "ny/2017/S9191"',
        r"follow.bills: .*write it like bills = \[\"ny/2017/S9191\"\]",
    ),
    "element": ("[follow]\nbills = [9191]", r"follow.bills: .*write it like"),
    "no table": ('site = "x"', r"site: is not a table; write \[site\]"),
    "bill": (
        '[follow]\nbills = ["S9191"]',
        r"follow.bills .*'S9191' is not a bill id; write it as ny/2017/S9191",
    ),
    "other state": ('[follow]\nbills = ["xx/2017/S9191"]', r"add \"xx\" to legislatures under \[follow\]"),
    "legislature": (
        '[follow]\nlegislatures = ["nx"]',
        r"follow.legislatures: no legislature 'nx'; there are: .*ny",
    ),
    "topic": (
        '[follow]\ntopics = ["privaci"]',
        r"follow.topics.privaci: no such name here; did you mean 'privacy'\?",
    ),
    **{
        f"address {address}": (f"[site]\nurl = '{address}'", f'site.url: {said}; write it like url = "https://')
        for address, said in (
            ("bills.example.org", "does not begin with https:// or http://"),
            ("https://", "names no host"),
            ("https:///path", "names no host"),
            ("https://./", "names no host"),
            ("https://[::1/", "has a host or a port that there cannot be"),
            ("https://ex.org:99999/", "has a host or a port that there cannot be"),
            ("https://ex.org:0/", "has a port that there cannot be"),
            ("https://ex.org/?q=1", r"has a \? or a #, behind which nothing can stand"),
            ("https://ex.org/#f", r"has a \? or a #, behind which nothing can stand"),
            ('https://ex.org/a"><b', "holds '\"', which no address does"),
            ("https://ex .org/", "holds ' ', which no address does"),
        )
    },
    "source's address": (
        '[legislatures.ny]\nlbdc_url = "http://[::1"',
        r"legislatures.ny.lbdc_url: has a host or a port that there cannot be; write it like lbdc_url",
    ),
    **{
        f"contact {contact}": (
            f'[site]\ncontact = "{contact}"',
            rf"site.contact: {said}; write it like contact = \"mailto:you@example.org\"",
        )
        for contact, said in (
            ("you@example.org", "is neither a mail address after mailto: nor a web address"),
            ("https://", "is neither a mail address after mailto: nor a web address"),
            ("mailto:", "is no mail address"),
            ("mailto:nonsense", "is no mail address"),
        )
    },
    **{
        f"{key} {address}": (f'[mail]\n{key} = "{address}"', rf"mail.{key}: is no mail address; write it like {key} = ")
        for key in ("sender", "bounces")
        for address in ("x", "a@b..c", "Ann <a@b.org>", "a@b.org,c@d.org")
    },
    "header": ('[site]\ntitle = "a\\nb"', r"site.title: is more than one line; write it like"),
    "session": ("[legislatures.ny]\nsessions = [true]", r"legislatures.ny.sessions: .*\[2025\]"),
    **{
        f"session {session}": (
            f"[legislatures.ny]\nsessions = [{session}]",
            r"legislatures.ny.sessions: '.*' is not a New York session; .*as 2025",
        )
        for session in ("2024", '"abc"', '""', "1850")
    },
    "session to come": (
        "[legislatures.ny]\nsessions = [2099]",
        r"legislatures.ny.sessions: '2099' begins on 2099-01-01 only; write it like sessions = \[2025\]",
    ),
    "no legislature": (
        "[follow]\nlegislatures = []",
        r"follow.legislatures: is empty, so no bill could be followed; write it like legislatures = \[\"ny\"",
    ),
    "speed": ("[legislatures.ny]\nrequests_per_second = 0", r"legislatures.ny.requests_per_second: .*= 1"),
    "hardly any speed": (
        "[legislatures.ny]\nrequests_per_second = 1e-300",
        r"legislatures.ny.requests_per_second: .*= 1",
    ),
    "budget": ("[legislatures.ny]\nrequests_per_run = -1", r"legislatures.ny.requests_per_run: .*= 900"),
    "source": ('[legislatures.ny]\nsources = ["asembly"]', r"legislatures.ny.sources: .*'asembly'"),
    "certificate": (
        '[legislatures.ny]\nassembly_ca = "no.pem"',
        r"assembly_ca: no file '.*no.pem'; give the path",
    ),
    "one bracket": ('[bill]\nid = "ny/2025/S404"', r"bill: is not a list; write \[\[bill\]\]"),
    "no id": ('[[bill]]\nnote = "x"', r"bill.id: is missing; write it like id = "),
    "position": (
        '[[bill]]\nid = "ny/2025/S404"\nposition = "love"',
        r"bill.position: .*'love'.*= \"support\"",
    ),
    "twice": ('[[bill]]\nid = "ny/2025/S404"\n' * 2, r"bill.id: 'ny/2025/S404' stands twice; keep one"),
    "correction": ('[correction]\ntext = "x"', r"correction: is not a list; write \[\[correction\]\]"),
    "no day": ('[[correction]]\ntext = "x"', r"correction.on: is missing; write it like on = 2025-06-20"),
    "corrected bill": (
        '[[correction]]\non = 2025-06-20\ntext = "x"\nbill = "S404"',
        r"correction.bill: .*ny/2017/S9191",
    ),
    "archive": ("[archive]\nmax_megabytes = 0", r"archive.max_megabytes: .*= 500"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_one_line_with_file_key_and_remedy(tmp_path: Path, name: str) -> None:
    """Each wrong file gives one line that names the file, the key and what to write."""
    text, says = MISTAKES[name]
    with pytest.raises(UsageError, match=says) as caught:
        loaded(tmp_path, text)
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith(str(tmp_path / "billwatch.toml"))


def test_a_session_that_begins_soon_may_be_named(tmp_path: Path) -> None:
    """Its bills are filed before it begins; the clock is the one of the run."""
    text, env = "[legislatures.ny]\nsessions = [2027]", {"BILLWATCH_NOW": "2026-11-20T12:00:00Z"}
    assert loaded(tmp_path, text, env).legislature("ny").sessions == ("2027",)


def test_bytes_that_are_not_utf8(tmp_path: Path) -> None:
    """A file in another encoding is a mistake with a remedy, not a traceback."""
    file = tmp_path / "billwatch.toml"
    file.write_bytes('[site]\ntitle = "Núñez"'.encode("cp1252"))
    with pytest.raises(UsageError, match="save it as UTF-8"):
        Config.load(file)


def test_the_environment_gives_what_a_file_should_not(tmp_path: Path) -> None:
    """The key and the site's address come from the environment where the file leaves them empty."""
    env = {"BILLWATCH_NY_KEY": "s3cret-key", "BILLWATCH_SITE_URL": "https://a.example/"}
    config = loaded(tmp_path, '[legislatures.ny]\nopen_legislation_key = ""', env)
    assert getattr(config.legislature("ny"), "open_legislation_key") == "s3cret-key"  # noqa: B009 - NY's own
    assert config.site.url == "https://a.example/"
    stated = loaded(tmp_path, '[site]\nurl = "https://b.example/"', env)
    assert stated.site.url == "https://b.example/"


def test_the_key_is_in_no_repr(tmp_path: Path) -> None:
    """A configuration that is printed or logged does not carry the key."""
    config = loaded(tmp_path, "", {"BILLWATCH_NY_KEY": "s3cret-key"})
    settings = config.legislature("ny")
    assert "s3cret-key" not in repr(config) + str(settings) + repr(settings.__rich_repr__())
    assert "open_legislation_key='(hidden)'" in repr(settings)


def test_a_certificate_is_looked_for_beside_the_file(tmp_path: Path) -> None:
    """A relative path means: beside the configuration, wherever billwatch is started."""
    (tmp_path / "ca.pem").write_text("-----BEGIN CERTIFICATE-----")
    settings = loaded(tmp_path, '[legislatures.ny]\nassembly_ca = "ca.pem"').legislature("ny")
    assert getattr(settings, "assembly_ca") == str(tmp_path / "ca.pem")  # noqa: B009 - NY's own


def test_a_legislature_that_is_not_followed() -> None:
    """Asking for its settings says how to follow it."""
    with pytest.raises(UsageError, match="'us' is not followed; add it"):
        Config().legislature("us")


def test_the_clock_is_the_real_one_unless_told() -> None:
    """BILLWATCH_NOW moves the clock, whatever its offset, and stays in UTC."""
    assert abs(now({}) - datetime.now(UTC)) < timedelta(minutes=1)
    assert now({"BILLWATCH_NOW": "2025-03-04T07:00:00-05:00"}) == datetime(2025, 3, 4, 12, tzinfo=UTC)
    assert now({"BILLWATCH_NOW": "2025-03-04T12:00:00Z"}).tzinfo is UTC


@pytest.mark.parametrize("text", ["2025-03-04T12:00:00", "2025-03-04", "noon", "1741089600"])
def test_a_clock_without_offset_is_a_mistake(text: str) -> None:
    """A time without an offset could be any of 24 hours; the error says how to write it."""
    with pytest.raises(UsageError, match=f"BILLWATCH_NOW is '{text}'; write it with its offset"):
        now({"BILLWATCH_NOW": text})


@pytest.mark.parametrize("text", ["9999-12-31T23:59:59Z", "9999-12-31T23:59:59-05:00", "0001-01-01T00:00:00+05:00"])
def test_a_clock_beyond_reckoning_is_a_mistake(text: str) -> None:
    """From a day at the end of all dates no deadline can be reckoned."""
    with pytest.raises(UsageError, match="write a time from the years 1970 to 2098"):
        now({"BILLWATCH_NOW": text})


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda value: st.lists(value, max_size=2) | st.dictionaries(st.text(max_size=9), value, max_size=2),
    max_leaves=4,
)
KEYS = st.sampled_from(["topics", "bills", "sessions", "id", "note"]) | st.text(max_size=9)


@given(st.dictionaries(KEYS, VALUES, max_size=3))
def test_whatever_a_table_holds_the_answer_is_a_usage_error(table: dict[str, object]) -> None:
    """No table, however odd, gives anything but a configuration or a `UsageError`."""
    tables = {"follow": table, "legislatures": {"ny": table}, "bill": [table]}
    try:
        checked(ConfigFile(Path("x.toml"), tables))
    except UsageError as error:
        assert str(error).startswith("x.toml: ")
