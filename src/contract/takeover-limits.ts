/** Sent at once: nobody is signed in yet, and bodies that are no session's are bounded to 1 MB. */
export const pieceBytes = 512 * 1024
/** Where a picture lies beside its backup, below the folder `files`: under its key or `plain`. */
export const pictureBeside = /^(?:plain|[0-9a-f]{32})\/[0-9a-f]{2}\/[0-9a-f]{64}$/
