/// How a report looks: black on white, on A4 as on Letter, nothing that hangs on colour.
enum Stylesheet {
  /// The rules, with what stands in the margins of every page.
  static func sheet(heading: String, record: String) -> CSS {
    rules + .margin("top-left", heading) + .margin("top-right", record)
  }

  private static let rules = CSS(
    """
    @page{margin:17mm 13mm 19mm}
    @page{@top-left{font:8pt sans-serif;vertical-align:bottom;padding-bottom:2mm;width:60%;text-align:left}}
    @page{@top-right{font:8pt sans-serif;vertical-align:bottom;padding-bottom:2mm;text-align:right}}
    @page{@bottom-left{content:"Chairside is not a certified medical device and must not be the only alarm.";\
    font:8pt sans-serif;vertical-align:top;padding-top:2mm;width:80%;text-align:left}}
    @page{@bottom-right{content:"Page " counter(page) " of " counter(pages);font:8pt sans-serif;\
    vertical-align:top;padding-top:2mm;text-align:right}}
    *{box-sizing:border-box}
    body{font:9pt/1.35 "Liberation Sans",Arial,Helvetica,sans-serif;color:#000;background:#fff;\
    margin:0 auto;max-width:190mm;overflow-wrap:break-word}
    h1{font-size:15pt;line-height:1.2;margin:0 0 1mm}
    h2{clear:both;font-size:10.5pt;margin:5mm 0 1.5mm;padding-bottom:.5mm;border-bottom:.6pt solid #000;break-after:avoid}
    h3{font-size:9pt;margin:3mm 0 1mm;break-after:avoid;clear:both}
    h3:has(+.none){float:left;margin:0 2mm 0 0}
    h3+.none{margin:0 0 1mm}
    p{margin:1mm 0;orphans:3;widows:3}
    .warning{border:1pt solid #000;padding:1.5mm 2.5mm;margin:2mm 0;font-weight:bold}
    .none{color:#333;font-style:italic}
    .note{color:#333;font-size:8pt}
    .lead{font-size:10pt;margin:0 0 2mm}
    table{border-collapse:collapse;width:100%;margin:1mm 0 2mm;font-size:8pt;font-variant-numeric:tabular-nums;clear:both}
    thead{display:table-header-group}
    tr{break-inside:avoid}
    th{text-align:left;font-size:7.5pt;vertical-align:bottom;border-bottom:.6pt solid #000;padding:.6mm 1.5mm .6mm 0}
    td{vertical-align:top;border-bottom:.3pt solid #999;padding:.6mm 1.5mm .6mm 0}
    td:first-child{white-space:nowrap}
    .vitals td:nth-child(2),.vitals td:nth-child(7){white-space:nowrap}
    .vitals{font-size:7.5pt}
    .vitals th{font-size:7pt}
    dl{display:grid;grid-template-columns:repeat(2,1fr);column-gap:6mm;margin:1mm 0}
    dl div{display:grid;grid-template-columns:38% 1fr;border-bottom:.3pt solid #999;padding:.4mm 0;break-inside:avoid}
    dt{color:#333}
    dd{margin:0}
    .three{columns:3;column-gap:5mm;margin:1mm 0;padding:0;list-style:none;font-size:7pt}
    .three li{break-inside:avoid;border-bottom:.3pt solid #ccc;display:flex;justify-content:space-between}
    figure{margin:1mm 0;break-inside:avoid}
    svg{width:100%;height:auto;display:block}
    svg text{font:6.5px "Liberation Sans",Arial,sans-serif;fill:#000}
    figcaption{font-size:8pt;color:#333}
    .signature{border:1pt solid #000;padding:2mm 3mm;margin:2mm 0;break-inside:avoid}
    .page{break-before:page}
    s{text-decoration:line-through}
    """)
}
