export function defaultDataFolder(demo: boolean): string
export function openInBrowser(url: string): Promise<boolean>
