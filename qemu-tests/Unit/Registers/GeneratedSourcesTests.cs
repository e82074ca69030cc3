// The generated sources are committed, so they can be old: this says when.
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Nestor.Tools.Registers;
using Nestor.Tools.Support;
using Xunit;

namespace Nestor.Tests.Unit.Registers;

public sealed class GeneratedSourcesTests
{
    private static readonly IReadOnlyDictionary<string, string> s_generated = Generator.Generate(RepositoryRoot.Path);

    public static IEnumerable<object[]> Files => s_generated.Keys.Select(path => new object[] { path });

    [Theory]
    [MemberData(nameof(Files))]
    public void Generated_source_is_current(string path) =>
        Assert.Equal(s_generated[path], File.ReadAllText(Path.Combine(RepositoryRoot.Path, path)));
}
