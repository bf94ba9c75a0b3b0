using System.Text.Json.Nodes;
using Crm.Shared;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Crm.Shared.Problems;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using System.Text.Json;

namespace Crm.Sales.Quotes;

internal sealed record LineToPrice(Guid? Product, string? Description, decimal Quantity = 1m, decimal? Price = null, decimal LineDiscount = 0m);

/// <summary>What a quote would come to and whose consent it would take, while it is being written.</summary>
[Requires("quote.read")]
internal sealed record PriceQuote(IReadOnlyList<LineToPrice?>? Lines, string? Currency = null, decimal Discount = 0m, decimal TaxRate = 13m) : IQuery<JsonObject>;

internal sealed class PriceQuoteValidator : AbstractValidator<PriceQuote>
{
    private const int MostLines = 500;

    public PriceQuoteValidator()
    {
        RuleFor(q => q.Lines).Must(l => l is not null && l.All(line => line is not null)).WithErrorCode("field.required").OverridePropertyName("lines");
        RuleFor(q => q.Lines).Must(l => l is not { Count: > MostLines }).WithErrorCode("field.tooManyLines").WithState(_ => new object?[] { MostLines }).OverridePropertyName("lines");
        RuleFor(q => q.Discount).Within(0, 100);
        RuleFor(q => q.TaxRate).Within(0, 100);
        RuleForEach(q => q.Lines).ChildRules(line =>
        {
            line.RuleFor(l => l!.Quantity).Within(0.0001m, 1_000_000_000m);
            line.RuleFor(l => l!.LineDiscount).Within(0, 100);
            line.RuleFor(l => l!.Price ?? 0m).Within(0, 1_000_000_000m).OverridePropertyName("price");
        });
    }
}

internal static class Bounds
{
    public static IRuleBuilderOptions<T, decimal> Within<T>(this IRuleBuilder<T, decimal> rule, decimal least, decimal most) => rule
        .GreaterThanOrEqualTo(least).WithErrorCode("field.min").WithState(_ => new object?[] { least })
        .LessThanOrEqualTo(most).WithErrorCode("field.max").WithState(_ => new object?[] { most });
}

internal sealed class PriceQuoteHandler(QuotePricer pricer, CurrentActor actor, CrmOptions options) : IRequestHandler<PriceQuote, JsonObject>
{
    public async Task<JsonObject> Handle(PriceQuote request, CancellationToken cancellationToken)
    {
        var errors = new List<FieldError>();
        var given = request.Lines!.OfType<LineToPrice>().ToList();
        var lines = given.Select(l => (IReadOnlyDictionary<string, object?>)new Dictionary<string, object?>
        {
            ["product"] = l.Product, ["description"] = l.Description, ["quantity"] = l.Quantity, ["price"] = l.Price, ["lineDiscount"] = l.LineDiscount,
        }).ToList();
        // The editor prices unfinished lines too; what is missing is told when the quote is saved.
        var priced = await pricer.PriceAsync(new(lines, request.Currency ?? options.Currency, request.Discount, request.TaxRate), actor.Value.UserId,
            given.Select(l => l.Product).OfType<Guid>().ToHashSet(), errors, cancellationToken);
        return Show(priced, actor.Value.Can("quote.sensitive"));
    }

    private static JsonObject Show(PricedQuote priced, bool costs)
    {
        var totals = priced.Totals;
        var json = new JsonObject
        {
            ["lines"] = new JsonArray([.. priced.Lines.Select((l, i) => (JsonNode)new JsonObject
            {
                ["listPrice"] = l.Number("listPrice"), ["price"] = l.Number("price"), ["amount"] = totals.Amounts[i], ["effectiveDiscount"] = totals.LineDiscounts[i],
            })]),
            ["subtotal"] = totals.Subtotal,
            ["discountAmount"] = totals.DiscountAmount,
            ["tax"] = totals.Tax,
            ["total"] = totals.Total,
            ["effectiveDiscount"] = totals.EffectiveDiscount,
            ["strictestDiscount"] = totals.StrictestDiscount,
            ["authority"] = new JsonObject { ["own"] = priced.Limits.Own, ["level2"] = priced.Limits.Superior, ["needs"] = QuoteStatus.Authority(priced.Need) },
        };
        if (costs) (json["cost"], json["margin"]) = (totals.Cost, JsonSerializer.SerializeToNode(totals.Margin, Stored.Json));
        return json;
    }
}

internal static class PriceEndpoint
{
    public static void MapPrice(this IEndpointRouteBuilder quotes) =>
        quotes.MapPost("/price", async (PriceQuote body, HttpContext http, IMediator mediator) => Results.Json(await mediator.Send(body, http.RequestAborted)));
}
