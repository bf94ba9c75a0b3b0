import { ImportOutlined, PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { Link } from 'react-router'
import type { RecordType } from '@/api/types'
import { iconOf } from '@/app/shell/nav'
import { may } from '@/app/me'
import { label, t } from '@/texts'
import { Blank } from '@/ui/Blank'
import type { ListState } from './useListState'

/** Nothing in the list: because of the filter, or because there is nothing yet. */
export function ListBlank({ type, state, create }: { type: RecordType; state: ListState; create?: () => void }) {
  const name = label(type.label)
  if (state.whole || state.q)
    return (
      <Blank icon={iconOf(type.key)} title={t('records.noMatch', { type: name })} text={t('records.noMatchText')}>
        <Button onClick={state.clear}>{t('records.showAll')}</Button>
      </Blank>
    )
  return (
    <Blank icon={iconOf(type.key)} title={t('records.none', { type: name })} text={create ? t('records.noneText', { type: name }) : undefined}>
      {create && <Button type="primary" icon={<PlusOutlined />} onClick={create}>{t('records.createType', { type: name })}</Button>}
      {may(type, 'import') && <Link to={`/imports?type=${type.key}`}><Button icon={<ImportOutlined />}>{t('records.import')}</Button></Link>}
    </Blank>
  )
}
