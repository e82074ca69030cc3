// A call of a one-instruction leaf becomes that instruction; a tail call, whose return address is another's, stays; and
// a leaf that nobody calls any more is not kept in the image.
using System.IO;
using System.Linq;
using Nestor.Tools.Build;
using Xunit;

namespace Nestor.Tests.Unit.Build;

public sealed class LeafPatcherTests
{
    private const string Leaves = """
                .section .text.leaf.isb, "ax"
                .global isb
        isb:    isb
                ret
                .section .text.leaf.wfi, "ax"
                .global wfi
        wfi:    wfi
                ret
                .section .text.leaf.two, "ax"
                .global two
        two:    dsb     sy
                isb
                ret

        """;

    private const string Code = """
                .text
                .global image_start
        image_start:
                bl      isb
                bl      two
                b       wfi

        """;

    [Fact]
    public void Calls_become_instructions_and_tail_calls_stay()
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("nestor-leaves-");
        string leaves = Assemble(directory, "leaves", Leaves);
        string code = Assemble(directory, "code", Code);
        Assert.Equal(1, LeafPatcher.Patch(code, [leaves]));

        string linked = Path.Combine(directory.FullName, "linked.elf");
        Toolchain.Run("ld.lld", "-static", "-nostdlib", "--gc-sections", "-e", "image_start", "-o", linked, code, leaves);
        var elf = new ElfObject(File.ReadAllBytes(linked), linked);
        ElfObject.Symbol start = elf.Symbols.Single(s => s.Name == "image_start");
        ElfObject.Section text = elf.Sections[start.Section];
        int at = text.Offset + (int)(start.Value - text.Address);
        Assert.Equal(0xd5033fdfu, elf.U32(at));
        Assert.Equal(BranchTo(elf, "two", 0x94000000, start.Value + 4), elf.U32(at + 4));
        Assert.Equal(BranchTo(elf, "wfi", 0x14000000, start.Value + 8), elf.U32(at + 8));
        Assert.DoesNotContain(elf.Symbols, s => s.Name == "isb");
        directory.Delete(recursive: true);
    }

    private static uint BranchTo(ElfObject elf, string symbol, uint opcode, ulong from) =>
        opcode | (uint)((elf.Symbols.Single(s => s.Name == symbol).Value - from) >> 2 & 0x3ff_ffff);

    private static string Assemble(DirectoryInfo directory, string name, string text)
    {
        string source = Path.Combine(directory.FullName, name + ".S");
        string target = Path.Combine(directory.FullName, name + ".o");
        File.WriteAllText(source, text);
        Toolchain.Run("llvm-mc", "-triple=aarch64-none-elf", "-filetype=obj", "-o", target, source);
        return target;
    }
}
