"""A busy stretch of June 2025: hundreds of subscribers get exactly what brute force says, once."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from alerts.june import Week, stops
from alerts.postoffice import open_office
from alerts.scene import RETURNS
from billwatch.topics import Classifier
from billwatch_site.alerts.smtp import Mailer, carrier
from faults.fortnight import BILLS, config_of
from faults.past import Past, moment


def test_everybody_gets_theirs(past: Past, tmp_path: Path, classifier: Classifier) -> None:
    """Twelve bills through their busiest days, five runs a day, 300 subscribers, some of whom come and go."""
    first, last = moment("2025-06-09T12:00Z"), moment("2025-06-13T12:00Z")
    with open_office() as office:
        week = Week(past, config_of(past.toml(sources=("open-legislation",), bills=BILLS)), tmp_path, classifier)
        week.begin(first, 250)
        with closing(Mailer(office.server)) as mailer:
            carry = carrier(mailer, "alerts@bills.example.org", RETURNS.sender)
            walked = stops(first, last)
            sent = [week.step(at, carry) for at in walked[:8]]
            week.join(50, walked[7])
            week.leave(10)
            sent += [week.step(at, carry) for at in walked[8:]]
    assert sum(sent) > 300 and len([went for went in sent if went]) >= 4, "there was something to tell"
    week.check_arrived([text for _, text in office.arrived])
