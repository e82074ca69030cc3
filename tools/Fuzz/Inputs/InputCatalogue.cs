// The kinds of inputs. They are in the tests' assembly: the kernel's code is compiled for the host there and nowhere else.
using System.Reflection;
using System.Runtime.Loader;
using Nestor.Tools.Build;
using Nestor.Tools.Support;

namespace Nestor.Tools.Fuzz.Inputs;

/// <summary>Finds the kinds.</summary>
public static class InputCatalogue
{
    private const string Type = "Nestor.Tests.Inputs.Catalogue";
    private const string Method = "All";

    private static string Project => Path.Combine(RepositoryRoot.Path, "qemu-tests");

    /// <summary>Builds the tests' assembly.</summary>
    public static void Build() =>
        Toolchain.Run("dotnet", ["build", Path.Combine(Project, "qemu-tests.csproj"), "-c", "Release", "-v", "quiet", "-nologo", "-p:UseSharedCompilation=false"]);

    /// <summary>All kinds, from the built assembly.</summary>
    /// <param name="directory">For files that inputs are written into.</param>
    public static IReadOnlyList<FuzzedInput> Load(string directory)
    {
        Assembly tests = AssemblyLoadContext.Default.LoadFromAssemblyPath(Path.Combine(Project, "bin", "Release", "net10.0", "nestor-tests.dll"));
        return (IReadOnlyList<FuzzedInput>)tests.GetType(Type, throwOnError: true)!.GetMethod(Method)!.Invoke(null, [directory])!;
    }

    /// <summary>The kinds of a name; all without one.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static IReadOnlyList<FuzzedInput> Named(this IReadOnlyList<FuzzedInput> all, string name) =>
        name == "" ? all : [all.FirstOrDefault(kind => kind.Name == name)
            ?? throw new UsageException($"--inputs: there is no '{name}'; it is {string.Join(", ", all.Select(kind => kind.Name))}")];
}
