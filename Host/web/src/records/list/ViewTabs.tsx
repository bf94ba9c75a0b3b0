import { Tabs } from 'antd'
import type { RecordType } from '@/api/types'
import { SaveView } from './SaveView'
import type { ListState } from './useListState'

export function ViewTabs({ type, state }: { type: RecordType; state: ListState }) {
  if (state.views.length < 2 && !state.changed) return null
  return (
    <div className="view-bar">
      <Tabs
        className="view-tabs"
        activeKey={state.view.key}
        onChange={state.open}
        items={state.views.map(view => ({ key: view.key, label: view.name }))}
      />
      <SaveView type={type} state={state} />
    </div>
  )
}
