// What the fuzzer does before a machine runs: programs from seeds, and programs as text.
using System.IO;
using System.Linq;
using Nestor.Tools.Fuzz;
using Nestor.Tools.Support;
using Xunit;

namespace Nestor.Tests.Unit.Tools;

public sealed class FuzzProgramTests : System.IDisposable
{
    private const int CodeArea = 4096;

    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void A_seed_makes_the_same_program_each_time()
    {
        Assert.Equal(Text(7), Text(7));
        Assert.NotEqual(Text(7), Text(8));
    }

    [Fact]
    public void Every_step_fits_into_the_code_area_with_the_call_that_ends_it() =>
        Assert.All(
            Enumerable.Range(0, 2000).SelectMany(seed => ProgramGenerator.Generate((ulong)seed, WritableBits.All).Steps),
            step => Assert.InRange((step.Code.Count + 1) * 4, 4, CodeArea));

    [Fact]
    public void No_step_turns_EL2_translation_on_or_AArch32()
    {
        const string Aarch32 = "write HCR_EL2 0x";
        foreach (ProgramStep step in Enumerable.Range(0, 2000).SelectMany(seed => ProgramGenerator.Generate((ulong)seed, WritableBits.All).Steps))
        {
            Assert.True((step.Pstate & 0x10) == 0, step.Name);
            if (step.Name.StartsWith(Aarch32, System.StringComparison.Ordinal))
            {
                Assert.NotEqual(0UL, System.Convert.ToUInt64(step.Name[Aarch32.Length..], 16) & (1UL << 31));
            }
        }
    }

    [Fact]
    public void A_program_is_the_same_after_it_was_saved()
    {
        FuzzProgram program = ProgramGenerator.Generate(3, WritableBits.All);
        string file = _files.Path("program.txt");
        File.WriteAllText(file, "# why\n" + SavedProgram.Text(program));
        Assert.Equal(SavedProgram.Text(program), SavedProgram.Text(SavedProgram.Read(file)));
    }

    [Theory]
    [InlineData("", "it has no step")]
    [InlineData("d503201f\n", ":1: neither a step")]
    [InlineData("step 0x3c9 x\n    nonsense\n", ":2: neither a step")]
    [InlineData("step 3c9 x\n", ":1: neither a step")]
    public void A_file_that_is_no_program_is_refused(string text, string why)
    {
        string file = _files.Path("program.txt");
        File.WriteAllText(file, text);
        Assert.Contains(why, Assert.Throws<UsageException>(() => SavedProgram.Read(file)).Message, System.StringComparison.Ordinal);
    }

    [Fact]
    public void Two_machines_that_agree_are_the_same_and_two_that_do_not_are_told_apart()
    {
        string[] bare = ["program 0x0", "step 0x0", "vector 0x200", "x0x1 0x5", "hcr 0x1", "digest 0x1"];
        string[] other = ["program 0x0", "step 0x0", "vector 0x400", "hcr 0x1", "digest 0x2"];
        StringWriter said = new();
        Assert.True(ProgramComparison.Write(said, bare, bare, "nv2"));
        Assert.Equal("", said.ToString());
        Assert.False(ProgramComparison.Write(said, bare, other, "nv2"));
        Assert.Equal("step 0x0: vector: bare 0x200, nv2 0x400\nstep 0x0: x0x1: bare 0x5, nv2 as before\n", said.ToString());
    }

    private static string Text(ulong seed) => SavedProgram.Text(ProgramGenerator.Generate(seed, WritableBits.All));
}
