using Crm.Shared.Records;

namespace Crm.Sales.Opportunities;

/// <summary>The stages of an opportunity in their order, and how likely a deal is in each.</summary>
internal static class Stages
{
    public const string First = "discover", Won = "won", Lost = "lost";

    public static readonly IReadOnlyList<Option> Options =
    [
        new(First, new("需求沟通", "Discovery"), "blue"),
        new("propose", new("方案", "Proposal"), "cyan"),
        new("quote", new("报价", "Quote"), "geekblue"),
        new("negotiate", new("谈判", "Negotiation"), "gold"),
        new(Won, new("赢单", "Won"), "green"),
        new(Lost, new("输单", "Lost"), "red"),
    ];

    public static bool IsClosed(string? stage) => stage is Won or Lost;

    /// <summary>In percent.</summary>
    public static long Probability(string? stage) => stage switch
    {
        "discover" => 10,
        "propose" => 30,
        "quote" => 50,
        "negotiate" => 70,
        Won => 100,
        _ => 0,
    };
}
