// Something that QEMU tells of its own accord: SHUTDOWN, STOP, RESUME, ...
using System.Text.Json;

namespace Nestor.Tools.Launch;

public sealed record QmpEvent(string Name, JsonElement Data)
{
    public string? Text(string key) =>
        Data.ValueKind == JsonValueKind.Object
        && Data.TryGetProperty(key, out JsonElement value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
