"""How the page of `html.py` looks."""

SIGNS = {"🔴": "alarm", "🔁": "again", "✅": "proven", "☑️": "checked", "❔": "suspected"}

STYLE = """
:root { color-scheme: light; --ink: #1d1c1d; --soft: #616061; --line: #e4e4e6; --back: #f6f6f7; --link: #1264a3; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 24px 16px 64px; max-width: 1280px; font: 15px/1.46 Lato, "Helvetica Neue", Arial, sans-serif; color: var(--ink); background: var(--back); }
h1 { font-size: 22px; margin: 0 0 24px; }
h2 { font-size: 13px; font-weight: 600; letter-spacing: .02em; color: var(--soft); margin: 32px 0 8px; }
.pair { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 16px; align-items: start; }
@media (max-width: 860px) { .pair { grid-template-columns: minmax(0, 1fr); } }
article { background: #fff; border: 1px solid var(--line); border-radius: 8px; padding: 14px 16px; overflow: hidden; }
.slack { display: grid; grid-template-columns: 36px minmax(0, 1fr); gap: 10px; }
.avatar { width: 36px; height: 36px; border-radius: 6px; background: #232f3e; color: #ff9900; font-weight: 700; display: grid; place-items: center; }
.post > b { font-weight: 800; }
.post > i { font: 700 10px/1 Arial, sans-serif; color: var(--soft); background: #ececee; border-radius: 2px; padding: 2px 3px; vertical-align: 2px; }
.slack h3 { font-size: 18px; line-height: 1.3; margin: 6px 0 4px; }
.slack p { margin: 6px 0; white-space: pre-wrap; overflow-wrap: anywhere; }
.slack ol, .slack ul { margin: 2px 0 8px; padding-left: 26px; }
.slack li { margin: 2px 0; overflow-wrap: anywhere; }
.slack pre { margin: 4px 0 8px; padding: 8px; background: #f8f8f8; border: 1px solid #dddddf; border-radius: 4px; font: 12px/1.5 Menlo, Consolas, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
.slack code { padding: 1px 3px; background: #f8f8f8; border: 1px solid #dddddf; border-radius: 3px; font: .86em Menlo, Consolas, monospace; color: #c01343; }
.slack a { color: var(--link); text-decoration: none; }
.slack .small { font-size: 12px; color: var(--soft); }
.mail .subject { font-weight: 600; margin: 0 0 10px; padding-bottom: 10px; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
.mail pre { margin: 0; font: 12.5px/1.55 Menlo, Consolas, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
.sign { display: inline-block; width: 1em; height: 1em; border-radius: 50%; overflow: hidden; text-indent: 2em; white-space: nowrap; vertical-align: -2px; background: #8a8a8d; position: relative; }
.sign::after { position: absolute; inset: 0; text-indent: 0; text-align: center; font: 700 .72em/1.4 Arial, sans-serif; color: #fff; }
.alarm { background: #dd2e44; } .again { background: #3b88c3; } .proven { background: #2e9e54; } .checked { background: #3b88c3; }
.again::after { content: "↻"; } .proven::after, .checked::after { content: "✓"; } .suspected::after { content: "?"; }
"""
