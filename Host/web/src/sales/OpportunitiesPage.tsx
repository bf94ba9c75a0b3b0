import { AppstoreOutlined, BarsOutlined } from '@ant-design/icons'
import { Segmented } from 'antd'
import { useState } from 'react'
import { useCatalogue } from '@/app/me'
import { NotFound } from '@/app/shell/NotFound'
import { RecordList } from '@/records/list/RecordList'
import { t } from '@/texts'
import { Board } from './board/Board'

type Shape = 'board' | 'list'

/** Opportunities as a board over their stages or as a list; the choice is remembered. */
export function OpportunitiesPage() {
  const type = useCatalogue().byKey('opportunity')
  const [shape, setShape] = useState<Shape>(() => (localStorage.getItem('crm.opportunities') === 'list' ? 'list' : 'board'))
  if (!type?.can.read) return <NotFound />
  const choose = (next: Shape) => {
    localStorage.setItem('crm.opportunities', next)
    setShape(next)
  }
  const toggle = (
    <Segmented<Shape>
      value={shape}
      onChange={choose}
      aria-label={t('sales.shape')}
      options={[
        { value: 'board', icon: <AppstoreOutlined />, title: t('sales.board') },
        { value: 'list', icon: <BarsOutlined />, title: t('sales.list') },
      ]}
    />
  )
  return shape === 'board' ? <Board type={type} extra={toggle} /> : <RecordList type={type} extra={toggle} />
}
