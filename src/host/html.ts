const marks: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Text as it stands in a page of ours: nothing in it can become a mark of the page. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => marks[mark] ?? mark)
}

/** A whole page for a browser that has none of the window: `title` is text, `body` and `style` are ours. */
export function htmlPage(page: {
  readonly language: string
  readonly title: string
  readonly style: string
  readonly body: string
  /** More for the head, `meta` and the like. */
  readonly head?: string
}): string {
  return `<!doctype html>
<html lang="${page.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escaped(page.title)}</title>${page.head ?? ''}
<style>${page.style}
</style>
</head>
<body><main>
${page.body}
</main></body>
</html>`
}
