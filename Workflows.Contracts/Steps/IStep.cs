using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Records;

namespace Crm.Workflows.Contracts;

/// <summary>One kind of acting step. A module adds a kind by registering one class; schema, validation and designer follow its description.</summary>
public interface IStep
{
    StepDescription Description { get; }

    /// <summary>Acts once for (run, step, visit), inside the turn's transaction unless <see cref="StepDescription.External"/>.
    /// Throws <see cref="StepFailure"/> to say why it cannot.</summary>
    Task<StepResult> RunAsync(StepContext context, StepInputs inputs, CancellationToken ct);
}

/// <summary>A record by type and id.</summary>
public readonly record struct RecordRef(string Type, Guid Id);

/// <summary>Where and for whom a step acts.</summary>
public sealed record StepContext
{
    public required Guid RunId { get; init; }
    public required string SopKey { get; init; }
    public required string StepId { get; init; }
    /// <summary>How often the run has come to this step, from 1.</summary>
    public required int Visit { get; init; }
    public required RecordRef Record { get; init; }
    /// <summary>The record of the nearest for-each around the step.</summary>
    public RecordRef? Item { get; init; }
    /// <summary>Whose change or button started the run.</summary>
    public Guid? Initiator { get; init; }
    /// <summary>As whom the step writes; carries the causation chain.</summary>
    public required Actor Actor { get; init; }
    public required IServiceProvider Services { get; init; }

    /// <summary>The same for every attempt of one visit; sent along with external effects.</summary>
    public string IdempotencyKey => $"{RunId:N}/{StepId}/{Visit}";
}

/// <summary>A step's inputs by key: values and templates resolved, defaults filled in, filters and people rules as written.</summary>
public sealed class StepInputs(IReadOnlyDictionary<string, JsonElement> values)
{
    private static readonly JsonSerializerOptions Options = ContractJson.Options;

    public bool Has(string key) => values.TryGetValue(key, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined);
    public JsonElement? Json(string key) => Has(key) ? values[key] : null;
    public string? Text(string key) => Json(key) is { } value ? value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText() : null;
    /// <summary>A rendered template; of one written in both languages the Chinese, for what goes to customers and into records.</summary>
    public string? Words(string key) => Json(key) is { ValueKind: JsonValueKind.Object } ? Read<Label>(key)?.Zh : Text(key);
    /// <summary>The input as a type that its JSON form reads into; default when absent.</summary>
    public T? Read<T>(string key) => Json(key) is { } value ? value.Deserialize<T>(Options) : default;
}

/// <summary>What came of a step.</summary>
public sealed record StepResult
{
    /// <summary>One of the description's outcomes, or null.</summary>
    public string? Outcome { get; init; }
    public JsonObject? Outputs { get; init; }
    /// <summary>Why it did what it did, told in the run's history.</summary>
    public Label? Why { get; init; }

    public static StepResult Done { get; } = new();
    public static StepResult Because(Label why) => new() { Why = why };
}

/// <summary>Decides how a failed step goes on: transient ones are retried, the others need a person.</summary>
public enum FailureClass { Transient, Configuration, Data, Permission, Limit }

/// <summary>A step could not act; becomes a retry or an incident.</summary>
public sealed class StepFailure(FailureClass failure, Message message, Exception? inner = null) : Exception(message.Code, inner)
{
    public FailureClass Class { get; } = failure;
    public Message Said { get; } = message;
}
