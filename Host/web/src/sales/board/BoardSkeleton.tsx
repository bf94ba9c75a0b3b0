import { t } from '@/texts'

export function BoardSkeleton() {
  return (
    <div className="board" role="status" aria-label={t('app.loading')}>
      {[3, 4, 2, 3, 1].map((cards, i) => (
        <div key={i} className="board-column">
          <div className="board-head"><span className="bone" style={{ width: 96, height: 14 }} /></div>
          <div className="board-cards">{Array.from({ length: cards }, (_, k) => <span key={k} className="bone" style={{ height: 92 }} />)}</div>
        </div>
      ))}
    </div>
  )
}
