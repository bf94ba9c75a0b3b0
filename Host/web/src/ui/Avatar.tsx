// hue and lightness: white initials stay readable on each
const shades = [[225, 45], [160, 30], [28, 36], [280, 45], [340, 42], [195, 33], [95, 30], [255, 46]] as const

/** Initials on a colour that stays the same for a name. */
export function Avatar({ name, size = 24 }: { name: string; size?: number }) {
  const chinese = /[\u4e00-\u9fff]/.test(name)
  const initials = chinese ? name.slice(-2) : name.split(/\s+/).map(part => part[0] ?? '').slice(0, 2).join('').toUpperCase()
  const sum = [...name].reduce((total, c) => total + c.charCodeAt(0), 0)
  const [hue, light] = shades[sum % shades.length]!
  return (
    <span
      className="avatar"
      aria-hidden
      style={{ width: size, height: size, fontSize: size * (chinese ? 0.36 : 0.38), background: `hsl(${hue} 42% ${light}%)` }}
    >
      {initials}
    </span>
  )
}
