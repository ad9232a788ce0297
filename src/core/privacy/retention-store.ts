import { sqlStatement, type WriteDb } from '../db/handles.ts'

/** Writes of the rules of retention, across modules as those of erasing (decision 015). */

/** Pictures go, and with them the places that name them; the host then removes the bytes. */
export function deletePictures(db: WriteDb, pictures: readonly { id: number; uid: string }[]): void {
  const uids = JSON.stringify(pictures.map(({ uid }) => uid))
  const ids = JSON.stringify(pictures.map(({ id }) => id))
  const ofPictures = 'IN (SELECT repair_id FROM attachments WHERE id IN (SELECT value FROM json_each(:ids)))'
  const named = 'signature_uid IN (SELECT value FROM json_each(:uids))'
  const forget = 'SET signature_uid = NULL'
  sqlStatement(db, `UPDATE repairs ${forget} WHERE id ${ofPictures} AND ${named}`).run({ ids, uids })
  sqlStatement(db, `UPDATE quotes ${forget} WHERE repair_id ${ofPictures} AND ${named}`).run({ ids, uids })
  sqlStatement(db, `UPDATE loans ${forget} WHERE repair_id ${ofPictures} AND ${named}`).run({ ids, uids })
  sqlStatement(db, 'DELETE FROM attachments WHERE id IN (SELECT value FROM json_each(?))').run(ids)
}

/** That a message was sent stays; to whom and what it said goes. */
export function emptyMessages(db: WriteDb, ids: readonly number[]): void {
  sqlStatement(
    db,
    `UPDATE notices SET address = '', subject = '', body = '', problem = ''
     WHERE id IN (SELECT value FROM json_each(?))`,
  ).run(JSON.stringify(ids))
}

/** The rows as they stood in somebody's file; how many there were stays with the import. */
export function deleteRejects(db: WriteDb, ids: readonly number[]): void {
  sqlStatement(db, 'DELETE FROM import_rejects WHERE id IN (SELECT value FROM json_each(?))').run(
    JSON.stringify(ids),
  )
}
