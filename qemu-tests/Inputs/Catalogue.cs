// Every kind of input that `./build.sh fuzz --inputs` knows. Each is code that runs on the host: the launcher's own, or the kernel's,
// compiled for it.
using System.Collections.Generic;
using Nestor.Tools.Fuzz.Inputs;

namespace Nestor.Tests.Inputs;

/// <summary>The kinds.</summary>
public static class Catalogue
{
    /// <summary>All of them.</summary>
    /// <param name="directory">For the files that inputs become.</param>
    public static IReadOnlyList<FuzzedInput> All(string directory) => [.. KernelInputs.All, .. new FileInputs(directory).All];
}
