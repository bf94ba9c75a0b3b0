import { SearchOutlined } from '@ant-design/icons'
import { Input, Modal } from 'antd'
import { useState, type KeyboardEvent } from 'react'
import { useNavigate } from 'react-router'
import { iconOf } from '@/app/shell/nav'
import { useCatalogue } from '@/app/me'
import { t } from '@/texts'
import { typeName } from '@/ui/typeName'
import { LinesSkeleton } from '@/ui/Skeletons'
import { useSearch } from './useSearch'
import './search.css'

/** Finds records of every type this person may read. All by keyboard: arrows, Enter, Esc. */
export default function SearchPalette({ close }: { close: () => void }) {
  const navigate = useNavigate()
  const { byKey } = useCatalogue()
  const [text, setText] = useState('')
  const [active, setActive] = useState(0)
  const { groups, loading, searched } = useSearch(text)
  const hits = groups.flatMap(group => group.items.map(hit => ({ plural: group.plural, hit })))

  const nameOf = (key: string) => {
    const type = byKey(key)
    return type ? typeName(type) : key
  }
  const open = (index: number) => {
    const chosen = hits[index]
    if (!chosen) return
    close()
    void navigate(`/${chosen.plural}/${chosen.hit.id}`)
  }
  const press = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setActive(Math.min(active + 1, hits.length - 1))
    else if (event.key === 'ArrowUp') setActive(Math.max(active - 1, 0))
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) open(active)
    else return
    event.preventDefault()
  }
  return (
    <Modal open onCancel={close} footer={null} closable={false} width={620} className="palette" style={{ top: '12vh' }} aria-label={t('app.search')}>
      <Input
        autoFocus
        size="large"
        variant="borderless"
        prefix={<SearchOutlined />}
        placeholder={t('app.searchPlaceholder')}
        aria-label={t('app.search')}
        value={text}
        maxLength={100}
        onChange={event => {
          setText(event.target.value)
          setActive(0)
        }}
        onKeyDown={press}
      />
      <div className="palette-body" role="listbox" aria-label={t('app.results')}>
        {loading && hits.length === 0 && <div className="palette-note"><LinesSkeleton lines={3} /></div>}
        {searched && !loading && hits.length === 0 && <p className="palette-note muted">{t('app.nothingFound', { text: searched })}</p>}
        {!searched && <p className="palette-note muted">{t('app.searchHelp')}</p>}
        {groups.map(group => (
          <div key={group.type}>
            <div className="palette-title">{nameOf(group.type)}</div>
            {group.items.map(hit => {
              const index = hits.findIndex(h => h.hit === hit)
              return (
                <div
                  key={hit.id}
                  role="option"
                  aria-selected={index === active}
                  className="palette-hit"
                  onMouseMove={() => setActive(index)}
                  onClick={() => open(index)}
                >
                  <span aria-hidden>{iconOf(group.type)}</span>
                  <span className="grow ellipsis">{hit.name}</span>
                  <span className="muted small">{hit.number}</span>
                </div>
              )
            })}
          </div>
        ))}
      </div>
    </Modal>
  )
}
