"""Channels in the configuration: secrets from the environment when they are needed, mistakes in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from billwatch.config import Config
from billwatch.errors import UsageError

ROOM = '[[channel]]\nname = "room"\nurl = "${BILLWATCH_ROOM}"\n'


HOOK = '[[channel]]\nname = "hook"\nwebhook = "https://h.org/b"\n'
SIGNED = 'secret = "sixteen letters or more"\n'


def config(folder: Path, text: str, env: dict[str, str] | None = None) -> Config:
    (folder / "billwatch.toml").write_text(text)
    return Config.load(folder / "billwatch.toml", env or {})


def test_a_channel_says_where_what_and_when(tmp_path: Path) -> None:
    """With defaults that are good enough: what is notable, at once, of everything."""
    (channel,) = config(tmp_path, ROOM + 'topics = ["privacy"]').channel
    assert (channel.name, channel.topics, channel.strength, channel.rhythm) == (
        "room",
        ("privacy",),
        "notable",
        "at-once",
    )


def test_secrets_come_from_the_environment_when_they_are_needed(tmp_path: Path) -> None:
    """A build needs none of them; what sends does, and says which one is not there."""
    (channel,) = config(tmp_path, ROOM).channel
    assert channel.filled({"BILLWATCH_ROOM": "ntfy://bills"}).url == "ntfy://bills"
    with pytest.raises(UsageError, match="channel 'room': BILLWATCH_ROOM is not in the environment; set it there"):
        channel.filled({})
    (webhook,) = config(
        tmp_path, '[[channel]]\nname = "x"\nwebhook = "https://h.org/${BILLWATCH_A}/${BILLWATCH_B}"\n' + SIGNED
    ).channel
    assert webhook.filled({"BILLWATCH_A": "1", "BILLWATCH_B": "2"}).webhook == "https://h.org/1/2"
    assert "h.org" not in repr(webhook)


def test_only_our_own_part_of_the_environment_can_be_named(tmp_path: Path) -> None:
    """A configuration cannot send other programs' secrets away."""
    with pytest.raises(UsageError, match=r"write it like \$\{BILLWATCH_ROOM\}"):
        config(tmp_path, ROOM.replace("BILLWATCH_ROOM", "AWS_SECRET_ACCESS_KEY"), {"AWS_SECRET_ACCESS_KEY": "x"})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[channel]\nname = "x"', r"channel: is not a list; write \[\[channel\]\]"),
        ('[[channel]]\nurl = "x://"', "channel.name: is missing; write it like name = "),
        ('[[channel]]\nname = "Our Room"\nurl = "x://"', "channel.name: .*write it like name = "),
        (ROOM + ROOM, "channel.name: 'room' stands twice"),
        ('[[channel]]\nname = "room"', "'room' needs a url or a webhook, one of them"),
        (ROOM + 'webhook = "https://x.org"', "needs a url or a webhook, one of them"),
        (ROOM + 'topics = ["privaci"]', "channel.topics.privaci: no such name here; did you mean 'privacy'"),
        (ROOM + 'legislatures = ["us"]', "channel.legislatures.us: no such name here; there are: ny"),
        (ROOM + 'families = ["S4505"]', "channel.families: 'S4505' is not a bill id"),
        (ROOM + 'bills = ["S4505"]', "channel.bills: 'S4505' is not a bill id"),
        (ROOM.replace("${BILLWATCH_ROOM}", "nonsense"), "channel 'room': its url is no address of a service; write it"),
        (ROOM.replace("}", ""), r"channel 'room': url has a \$\{ without its \}"),
        (HOOK, "channel 'hook': its secret signs what its webhook gets; write 16 letters or more"),
        (HOOK + 'secret = "short"', "channel 'hook': its secret signs"),
        (HOOK.replace("https", "http") + SIGNED, "channel 'hook': its webhook is no https address; write it like"),
        (HOOK.replace("https://h.org/b", "nonsense") + SIGNED, "channel 'hook': its webhook is no https address"),
        (HOOK.replace("h.org", "[::1") + SIGNED, "channel 'hook': its webhook is no https address"),
        (ROOM + 'strength = "loud"', "channel.strength: "),
        (ROOM + 'rythm = "daily"', "channel.rythm: no such name here; did you mean 'rhythm'"),
    ],
)
def test_a_mistake_is_one_line_with_key_and_remedy(tmp_path: Path, text: str, said: str) -> None:
    """And never with an address."""
    with pytest.raises(UsageError, match=said) as caught:
        config(tmp_path, text)
    assert "\n" not in str(caught.value) and "h.org" not in str(caught.value)


def test_what_the_environment_has_is_checked_at_once(tmp_path: Path) -> None:
    """A short secret or an address that is none is told before anything is asked or built, and never shown."""
    hook = HOOK + 'secret = "${BILLWATCH_SECRET_A}"'
    for text, env, said in (
        (ROOM, {"BILLWATCH_ROOM": "TOKEN"}, "channel 'room': its url is no address"),
        (hook, {"BILLWATCH_SECRET_A": "TOKEN"}, "channel 'hook': its secret signs"),
    ):
        with pytest.raises(UsageError, match=said) as caught:
            config(tmp_path, text, env)
        assert "TOKEN" not in str(caught.value)
        (channel,) = config(tmp_path, text).channel
        with pytest.raises(UsageError, match=said):
            channel.filled(env)
