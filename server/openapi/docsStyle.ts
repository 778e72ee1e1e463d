/** The look of /docs: the app's own colours, no font and no script from anywhere. */
export const DOCS_STYLE = `
:root { color-scheme: dark; --bg: #0f0d13; --surface: #19161f; --raised: #24202c; --line: rgba(255,255,255,.1); --text: #f6f2ef; --muted: #b0a9b6; --accent: #ff7d68 }
* { box-sizing: border-box }
html { scroll-padding-top: 24px }
body { margin: 0; background: var(--bg); color: var(--text); font: 15px/1.6 system-ui, -apple-system, "PingFang SC", "Noto Sans CJK SC", sans-serif }
a { color: inherit; text-decoration: none }
a:hover { color: var(--accent) }
code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 13px }
.frame { display: grid; grid-template-columns: 260px minmax(0, 1fr); max-width: 1180px; margin: 0 auto }
nav { position: sticky; top: 0; align-self: start; height: 100vh; overflow-y: auto; padding: 32px 16px 32px 24px; border-right: 1px solid var(--line) }
nav h2 { margin: 24px 0 6px; font-size: 12px; font-weight: 600; color: var(--muted) }
nav a { display: block; padding: 3px 0; color: var(--muted); font-size: 14px }
nav a:hover { color: var(--text) }
.mark { display: flex; align-items: center; gap: 10px; font-size: 18px; font-weight: 650; color: var(--text) }
.mark::before { content: ""; width: 12px; height: 12px; border-radius: 50%; background: var(--accent); box-shadow: 0 0 0 5px rgba(255,125,104,.18) }
main { padding: 40px 32px 96px }
h1 { margin: 0 0 8px; font-size: 32px; line-height: 1.2 }
main > h2 { margin: 56px 0 16px; font-size: 22px }
p { margin: 8px 0; max-width: 68ch }
.lead { color: var(--muted); font-size: 17px }
article { margin: 16px 0; padding: 20px 22px; background: var(--surface); border: 1px solid var(--line); border-radius: 16px }
article:target { border-color: var(--accent) }
article h3 { margin: 0; font-size: 17px }
.route { display: flex; flex-wrap: wrap; align-items: center; gap: 10px; margin: 8px 0 4px }
.method { padding: 2px 9px; border-radius: 999px; font: 600 12px/1.6 ui-monospace, monospace; text-transform: uppercase; background: var(--raised) }
.get { color: #8fc7ff } .post { color: #5ed6a0 } .put { color: #ffc364 } .delete { color: #ff6f86 }
.session { margin-left: auto; color: var(--muted); font-size: 13px }
pre { margin: 12px 0 0; padding: 12px 14px; overflow-x: auto; background: var(--bg); border: 1px solid var(--line); border-radius: 12px; color: #e5dde9 }
table { width: 100%; border-collapse: collapse; margin: 10px 0 0 }
th { padding: 0 12px 4px 0; text-align: left; font-size: 12px; font-weight: 600; color: var(--muted) }
td { padding: 5px 12px 5px 0; border-top: 1px solid var(--line); vertical-align: top }
td:first-child { white-space: nowrap }
.type { color: var(--muted) } .type a { color: var(--accent) }
.errors code { display: inline-block; margin: 2px 6px 2px 0; padding: 1px 7px; border-radius: 8px; background: var(--raised); color: var(--muted); font-size: 12px }
.label { margin: 16px 0 0; font-size: 12px; font-weight: 600; color: var(--muted) }
@media (max-width: 800px) {
  .frame { display: block }
  nav { position: static; height: auto; border-right: 0; border-bottom: 1px solid var(--line); padding: 24px 16px }
  nav a { display: inline-block; margin-right: 14px } main { padding: 24px 16px 64px } .session { margin-left: 0 }
}
`
