const browsers: [RegExp, string][] = [
  [/MicroMessenger\/([\d]+)/, 'WeChat'], [/DingTalk\/([\d]+)/, 'DingTalk'], [/Lark\/([\d]+)/, 'Feishu'], [/Edg(?:A|iOS)?\/(\d+)/, 'Edge'], [/OPR\/(\d+)/, 'Opera'],
  [/HuaweiBrowser\/(\d+)/, 'Huawei Browser'], [/MiuiBrowser\/(\d+)/, 'Mi Browser'], [/Firefox\/(\d+)/, 'Firefox'], [/FxiOS\/(\d+)/, 'Firefox'], [/HeadlessChrome\/(\d+)/, 'Chrome'], [/(?:Chrome|CriOS)\/(\d+)/, 'Chrome'], [/Version\/(\d+)[\d.]* .*Safari/, 'Safari'],
]
const systems: [RegExp, string][] = [[/HarmonyOS|OpenHarmony/, 'HarmonyOS'], [/iPhone/, 'iPhone'], [/iPad/, 'iPad'], [/Android/, 'Android'], [/Windows/, 'Windows'], [/Macintosh|Mac OS X/, 'macOS'], [/CrOS/, 'ChromeOS'], [/Linux|X11/, 'Linux']]

/** What people call the browser that says this of itself: `Chrome 130 · Windows`. What is none is given as it is. */
export function browserName(agent: string): string {
  const system = systems.find(([sign]) => sign.test(agent))?.[1]
  for (const [sign, name] of browsers) {
    const version = sign.exec(agent)?.[1]
    if (version) return [`${name} ${version}`, system].filter(Boolean).join(' · ')
  }
  return agent
}
