// The file that says which methods come first: the image follows it, and it cannot name what is not there.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Nestor.Tools.Build;
using Xunit;

namespace Nestor.Tests.Unit.Build;

public sealed class MethodOrderTests : IDisposable
{
    private const string Three = """
            [MethodImpl(MethodImplOptions.NoInlining)] private static ulong Alpha(ulong value) => value * 3;
            [MethodImpl(MethodImplOptions.NoInlining)] private static ulong Beta(ulong value) => value * 5;
            [MethodImpl(MethodImplOptions.NoInlining)] private static ulong Beta(uint value) => value * 7;
            [RuntimeExport("tiny_start")] private static ulong Start(ulong value) => Alpha(value) + Beta(value) + Beta((uint)value);
        """;

    private readonly TinyImage _image = new();

    public void Dispose() => _image.Dispose();

    [Fact]
    public void Methods_stand_as_the_file_has_them_overloads_together_and_the_others_behind()
    {
        _image.Build(Three, order: "# a comment\nProgram.Start\n\nProgram.Beta     # twice\n");
        Assert.Equal(["Start", "Beta", "Beta", "Alpha"], Methods());
    }

    [Theory]
    [InlineData("Program.Gamma", "'Program.Gamma' is no method of the image (renamed, or inlined where it is used?)")]
    [InlineData("Program.Beta\nProgram.Beta", "'Program.Beta' stands there twice")]
    public void A_wrong_file_is_refused(string order, string complaint)
    {
        string message = Assert.Throws<BuildException>(() => _image.Build(Three, order: order)).Message;
        Assert.EndsWith("tiny.order: " + complaint, message, StringComparison.Ordinal);
    }

    private IEnumerable<string> Methods() =>
        new ElfObject(File.ReadAllBytes(_image.Elf), "tiny").Symbols
            .Select(symbol => (symbol.Value, Name: MethodName.Parse(symbol.Name, ["tiny"])))
            .Where(symbol => symbol.Name.Type == "Tiny.Program")
            .OrderBy(symbol => symbol.Value)
            .Select(symbol => symbol.Name.Name);
}
