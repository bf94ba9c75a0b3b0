using System.Text.Json;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Crm.Web.Tests;

/// <summary>Looks for what keeps people out of a page, by the rules of axe-core.</summary>
internal static class Axe
{
    // Its own runner opens a second page for each look and has every sound element described, which takes longer than the looking; our page has no frames that would need it.
    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    private const string Look =
        """
        async ({ tags, without }) => {
          const rules = Object.fromEntries(without.map(id => [id, { enabled: false }]))
          const { violations } = await axe.run({ runOnly: { type: 'tag', values: tags }, rules, resultTypes: ['violations'] })
          return violations.map(one => [`${one.id}, ${one.help}`, ...one.nodes.slice(0, 3).map(node => '    ' + node.html)].join('\n'))
        }
        """;

    /// <summary>Each broken rule with the first elements that break it.</summary>
    public static async Task<IReadOnlyList<string>> LookAsync(IPage page, IReadOnlyList<string> tags, params string[] without)
    {
        await page.EvaluateAsync($"() => {{ {Script} }}");
        return await page.EvaluateAsync<string[]>(Look, new { tags, without });
    }
}
