namespace Crm.Host.Demo;

/// <summary>Draws believable people and firms; the same seed makes the same company.</summary>
internal sealed class DemoNames(DemoData data, Random random)
{
    private readonly HashSet<string> firms = [];

    public T Of<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];

    public string Person() => data.Surnames[random.Next(data.Surnames.Length)] + Of(data.Given);

    public string Phone() => $"1{Of(["38", "39", "50", "86", "87", "58", "77"])}{random.Next(10_000_000, 99_999_999)}";

    public Firm NewFirm(string region)
    {
        while (true)
        {
            // Half of the firms make machines; the rest are spread over the other trades.
            var industry = random.Next(2) == 0 ? "manufacturing" : Of(data.Trades.Keys.ToArray());
            var name = $"{Of(data.Cities[region])}{Of(data.Words)}{Of(data.Trades[industry])}有限公司";
            if (firms.Add(name)) return new(name, region, industry);
        }
    }
}

internal sealed record Firm(string Name, string Region, string Industry);
