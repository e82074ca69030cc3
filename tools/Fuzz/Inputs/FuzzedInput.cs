// One kind of input that the fuzzer damages, and the code that must live with it.
using Nestor.Tools.Support;

namespace Nestor.Tools.Fuzz.Inputs;

/// <summary>A kind of input.</summary>
/// <param name="Name">What `--inputs` calls it.</param>
/// <param name="Valid">Valid inputs, from which the others are made; at least one.</param>
/// <param name="Take">
/// Has Nestor take an input. It may throw <see cref="UsageException"/>, which the user sees as one line; any other exception is a fault.
/// </param>
public sealed record FuzzedInput(string Name, IReadOnlyList<byte[]> Valid, Action<byte[]> Take)
{
    /// <summary>The fault of an input in a few words, or null.</summary>
    /// <param name="input">It. The code gets a copy.</param>
    /// <param name="isTaken">Whether it was taken, and not refused.</param>
    public string? FaultOf(byte[] input, out bool isTaken)
    {
        isTaken = false;
        try
        {
            Take([.. input]);
            isTaken = true;
            return null;
        }
        catch (UsageException e)
        {
            // A name of a file may come from the input; the line may not be two for any other reason.
            return e.Message.Contains('\n') ? "the error has more than one line" : null;
        }
        catch (Exception e)
        {
            return $"{e.GetType().Name} {PlaceOf(e)}";
        }
    }

    // The type and the innermost method of Nestor: the same fault has the same words, whatever the input was.
    private static string PlaceOf(Exception exception) =>
        (exception.StackTrace ?? "").Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.StartsWith("at Nestor.", StringComparison.Ordinal)) is { } line
            ? line.Split(" in ")[0]
            : "";
}
