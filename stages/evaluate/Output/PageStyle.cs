namespace Pipeline.Stages.Evaluating;

/// <summary>How the page looks. The three colours are told apart by the colour-blind too (Okabe and Ito 2008).</summary>
internal static class PageStyle
{
    /// <summary>The style sheet.</summary>
    public const string Css = """
        :root { --ground: #ffffff; --ink: #1c2127; --soft: #57606a; --line: #d5dae0; --track: #eef1f4;
          --a: #0072b2; --b: #c04f00; --c: #007a58; --quiet: #9aa4af; --warn-ground: #fff4e5; --warn-line: #d55e00; color-scheme: light; }
        @media screen and (prefers-color-scheme: dark) {
          :root { --ground: #15181c; --ink: #e8eaed; --soft: #a3adb8; --line: #343b43; --track: #22272d;
            --a: #56b4e9; --b: #f0883e; --c: #3fc79a; --quiet: #66717d; --warn-ground: #33230f; --warn-line: #e69f00; color-scheme: dark; } }
        * { box-sizing: border-box; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
        body { margin: 0; background: var(--ground); color: var(--ink); -webkit-text-size-adjust: 100%;
          font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif; }
        main { max-width: 54rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
        h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .35rem; letter-spacing: -.01em; }
        h2 { font-size: 1.3rem; line-height: 1.25; margin: 3rem 0 .8rem; padding-top: .9rem; border-top: 1px solid var(--line); }
        h3 { font-size: 1.05rem; margin: 2.2rem 0 .6rem; }
        p { margin: .6rem 0; }
        .sub, figcaption, caption, .notes { color: var(--soft); font-size: .9rem; }
        .warning { background: var(--warn-ground); border-left: 5px solid var(--warn-line); border-radius: 4px; padding: .8rem 1rem; margin: 1.4rem 0; }
        .warning p { margin: .25rem 0; }
        .lead { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(18rem, 100%), 1fr)); gap: 1.2rem 2.5rem; align-items: center; }
        .big { font-size: 3.4rem; font-weight: 650; line-height: 1.05; letter-spacing: -.02em; font-variant-numeric: tabular-nums; }
        .big small { font-size: 1.4rem; font-weight: 500; letter-spacing: 0; }
        .pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)); gap: 1.4rem 2rem; align-items: start; }
        figure { margin: 0; }
        figcaption { margin-bottom: .5rem; }
        .scroll { overflow-x: auto; }
        svg { display: block; width: 100%; height: auto; }
        svg text { font: 12px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif; fill: var(--soft); font-variant-numeric: tabular-nums; }
        svg text.name { fill: var(--ink); font-weight: 550; }
        svg text.on { fill: var(--ground); font-weight: 650; }
        svg text.small { font-size: 10px; }
        rect.a, circle.a { fill: var(--a); } circle.b { fill: var(--b); } circle.c { fill: var(--c); }
        rect.quiet { fill: var(--quiet); } rect.track { fill: var(--track); }
        polyline, line.curve { fill: none; stroke-width: 2; stroke-linejoin: round; }
        .curve.a { stroke: var(--a); } .curve.b { stroke: var(--b); stroke-dasharray: 6 3; } .curve.c { stroke: var(--c); stroke-dasharray: 2 3; }
        polyline.reference { stroke: var(--quiet); stroke-width: 1.5; stroke-dasharray: 4 4; }
        line.grid { stroke: var(--line); stroke-width: 1; } line.axis { stroke: var(--soft); stroke-width: 1; } line.whisker { stroke: var(--ink); stroke-width: 2; } line.halo { stroke: var(--ground); stroke-width: 5; }
        table { border-collapse: collapse; width: 100%; font-size: .92rem; font-variant-numeric: tabular-nums; }
        caption { text-align: left; padding-bottom: .4rem; }
        th, td { padding: .38rem .9rem .38rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
        th:last-child, td:last-child { padding-right: 0; }
        th { color: var(--soft); font-weight: 550; font-size: .85rem; }
        tbody th { color: var(--ink); font-size: inherit; }
        .n { text-align: right; white-space: nowrap; }
        tbody th.long { min-width: 5.2rem; overflow-wrap: break-word; }
        td.bar { min-width: 3.9rem; width: 26%; }
        td.bar i { display: block; height: 6px; margin-top: 3px; border-radius: 2px; background: linear-gradient(var(--of), var(--of)) 0 / var(--w) 100% no-repeat var(--track); }
        td .sub { display: block; font-size: .85em; }
        .long { overflow-wrap: anywhere; }
        ol, ul { padding-left: 1.3rem; margin: .5rem 0; }
        li { margin: .3rem 0; }
        code { font: .88em ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
        @media (max-width: 30rem) { main { padding: 1.5rem .9rem 3rem; } h1 { font-size: 1.45rem; } .big { font-size: 2.8rem; } th, td { padding-right: .6rem; } }
        @page { size: A4; margin: 15mm 14mm; }
        @media print {
          body { font-size: 10.5pt; } main { max-width: none; padding: 0; }
          figure, .warning, .lead, tr, li { break-inside: avoid; } h2, h3, caption { break-after: avoid; } thead { display: table-header-group; }
          h2 { margin-top: 1.6rem; } h3 { margin-top: 1.3rem; } .scroll { overflow: visible; } svg { min-width: 0 !important; }
          .pair { grid-template-columns: 1fr 1fr; } .lead { grid-template-columns: 2fr 3fr; }
        }
        """;
}
