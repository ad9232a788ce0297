/* electron-updater, with a newer version to offer; it writes down what it is asked to do. */
const said = (what: string): void => void process.stdout.write(`UPDATER ${what}\n`)

export default {
  autoUpdater: {
    autoDownload: true,
    autoInstallOnAppQuit: true,
    updateConfigPath: null,
    checkForUpdates() {
      said('check')
      return Promise.resolve({ isUpdateAvailable: true, updateInfo: { version: '9.9.9' } })
    },
    downloadUpdate() {
      said('download')
      return Promise.resolve([])
    },
    quitAndInstall: () => said('install'),
  },
}
