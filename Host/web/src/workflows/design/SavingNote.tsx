import { Button } from 'antd'
import { t } from '@/texts'
import type { Saving } from './useDesign'

/** Whether the draft is safe. */
export function SavingNote({ saving, settle, saveOver }: { saving: Saving; settle: () => void; saveOver: () => void }) {
  if (saving !== 'conflict') return <><span className="chip chip-gold">{t('workflows.draft')}</span> <span role="status">{t(`workflows.saving_${saving}`)}</span></>
  return (
    <span className="problem-error" role="alert">
      {t('workflows.saving_conflict')}{' '}
      <Button size="small" type="primary" onClick={settle}>{t('versions.clashSave')}</Button>{' '}
      <Button size="small" onClick={() => location.reload()}>{t('workflows.takeTheirs')}</Button>{' '}
      <Button size="small" danger onClick={saveOver}>{t('workflows.keepMine')}</Button>
    </span>
  )
}
