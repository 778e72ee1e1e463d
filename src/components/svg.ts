/** An SVG as the address of an image: works in `<image>`, in CSS, on the web and in WeChat. */
export function svgUri(width: number, height: number, content: string): string {
  const svg = `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 ${width} ${height}' width='${width}' height='${height}'>${content}</svg>`
  return `data:image/svg+xml,${svg.replace(/[%#<>{}]/g, encodeURIComponent)}`
}
