// Where methods stand in the image: ilc takes a list of symbols that come first. Ours is a text file of C# names, for
// people, so it is put into ilc's words here; and it cannot go stale, for a name that no method has fails the build.

namespace Nestor.Tools.Build;

/// <summary>A file of methods in the order that they are to have in the image: one Type.Method a line; # begins a comment.</summary>
/// <param name="file">The file.</param>
/// <param name="assembly">The assembly that the methods are in.</param>
/// <param name="space">The namespace of their types.</param>
public sealed class MethodOrder(string file, string assembly, string space)
{
    // ilc numbers overloads, and the one that it met first has no number.
    private const int Overloads = 8;

    private readonly string[] _names =
        [.. File.ReadAllLines(file).Select(line => line.Split('#')[0].Trim()).Where(line => line.Length != 0)];

    /// <summary>The list for ilc; overloads that do not exist are in it too, and ilc passes over them.</summary>
    public IEnumerable<string> Symbols => _names
        .Select(name => $"{assembly}_{space.Replace('.', '_')}_{name.Replace(".", "__", StringComparison.Ordinal)}")
        .SelectMany(symbol => Enumerable.Range(-1, Overloads).Select(number => number < 0 ? symbol : $"{symbol}_{number}"));

    /// <summary>Refuses a name that stands there twice or that no method of the image has.</summary>
    /// <param name="code">What ilc made.</param>
    /// <exception cref="BuildException">There is one.</exception>
    public void Check(ElfObject code)
    {
        HashSet<string> methods = [.. code.Symbols
            .Where(symbol => symbol.Section != 0)
            .Select(symbol => MethodName.Parse(symbol.Name, [assembly]))
            .Where(name => name.Type.StartsWith(space + ".", StringComparison.Ordinal))
            .Select(name => $"{name.Type[(space.Length + 1)..]}.{name.Name}")];
        HashSet<string> seen = [];
        foreach (string name in _names)
        {
            if (!methods.Contains(name))
            {
                throw new BuildException($"{file}: '{name}' is no method of the image (renamed, or inlined where it is used?)");
            }

            if (!seen.Add(name))
            {
                throw new BuildException($"{file}: '{name}' stands there twice");
            }
        }
    }
}
