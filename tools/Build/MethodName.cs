// ilc's name of a method back into C#'s: kernel_Nestor_Kernel_TrapDispatcher__Synchronous_0 is
// Nestor.Kernel.TrapDispatcher and Synchronous. Good enough to find the source, which is all that a trace is for.

using System.Text.RegularExpressions;

namespace Nestor.Tools.Build;

/// <summary>A method's type, empty for what is not a method, and its name.</summary>
/// <param name="Type">Namespace and type.</param>
/// <param name="Name">The method, or the whole symbol.</param>
public sealed partial record MethodName(string Type, string Name)
{
    /// <summary>Takes a symbol apart.</summary>
    /// <param name="symbol">The symbol.</param>
    /// <param name="assemblies">Names of the assemblies, with which ilc begins its symbols.</param>
    public static MethodName Parse(string symbol, IEnumerable<string> assemblies)
    {
        string? assembly = assemblies.FirstOrDefault(a => symbol.StartsWith(a + "_", StringComparison.Ordinal));
        int separator = symbol.IndexOf("__", StringComparison.Ordinal);
        if (assembly == null || separator <= assembly.Length)
        {
            return new MethodName("", symbol);
        }

        string name = symbol[(separator + 2)..];
        Match local = LocalFunction().Match(name);
        return new MethodName(
            symbol[(assembly.Length + 1)..separator].Replace('_', '.'),
            local.Success ? $"{local.Groups[1].Value}.{local.Groups[2].Value}" : Overload().Replace(name, "").Replace("_ctor", ".ctor", StringComparison.Ordinal).Replace("_cctor", ".cctor", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"_\d+$")]
    private static partial Regex Overload();

    // <Outer>g__Inner|0_0
    [GeneratedRegex(@"^_(\w+?)_g__(\w+?)_\d+_\d+$")]
    private static partial Regex LocalFunction();
}
