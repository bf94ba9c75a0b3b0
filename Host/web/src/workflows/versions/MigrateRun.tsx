import { Button } from 'antd'
import { useState } from 'react'
import { t } from '@/texts'
import type { RunDetail } from '../runs/runs'
import { MigrateDialog } from './MigrateDialog'

/** Moves one run to the version that new runs use. */
export function MigrateRun({ run }: { run: RunDetail }) {
  const [open, setOpen] = useState(false)
  if (!run.can.migrate || !run.published) return null
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('versions.migrateRun', { n: run.published })}</Button>
      {open && <MigrateDialog sopKey={run.sop.key} version={run.published} run={run.id} close={() => setOpen(false)} />}
    </>
  )
}
