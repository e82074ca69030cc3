// The gate that keeps guests' vector registers untouched sees each kind of instruction that touches them, as the
// disassembler that the build uses prints it; and takes nothing else for one.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Nestor.Tools.Build;
using Xunit;

namespace Nestor.Tests.Unit.Build;

public sealed class VectorGateTests(VectorGateTests.Disassembled disassembled) : IClassFixture<VectorGateTests.Disassembled>
{
    private static readonly string[] s_vector =
    [
        "movi v0.2d, #0", "ldr q16, [x0]", "stp q16, q17, [x0, #32]", "ldp d8, d9, [sp, #16]", "ldr s1, [x0]", "str h2, [x0]", "ldr b3, [x0]",
        "fmov d0, #1.0", "fmov x0, d1", "fcmp s0, #0.0", "mov v1.s[2], w3", "umov w0, v1.h[7]", "ld1 {v0.16b, v1.16b}, [x0]", "ld1 {v0.d}[1], [x0]",
        "aese v0.16b, v1.16b", "cnt v0.8b, v1.8b", "scvtf d0, x1", "mrs x0, FPCR", "msr FPSR, x0",
        "mov z0.d, #0", "ldr z3, [x0]", "str p5, [x0]", "ptrue p0.b", "ld1d {z0.d}, p7/z, [x0]", "cntd x0", "rdvl x0, #1", "addvl x0, x1, #1",
        "incw x3", "sqdecb x1", "whilelt p0.s, x1, x2", "setffr", "wrffr p1.b", "ctermeq x0, x1",
        "smstart", "smstop za", "zero {za}", "ldr za[w12, 0], [x0]", "mov z0.s, p0/m, za0h.s[w12, 0]", "mrs x0, SVCR", "addha za0.s, p0/m, p1/m, z1.s",
    ];

    private static readonly string[] s_general =
    [
        "nop", "smc #0", "hvc #0", "eret", "eretaa", "brk #0x4e", "hlt #0xf000", "wfi", "wfe", "isb", "dsb sy", "tlbi alle1is", "at s12e1r, x0",
        "casal w0, w1, [x2]", "swpal x0, x1, [x2]", "ldaddal w0, w1, [x2]", "ldar x0, [x1]", "stlr w0, [x1]", "pacia x0, x1", "autibsp", "xpaci x0",
        "mov x0, #0xd2", "movk x0, #0xb1, lsl #16", "and x0, x1, #0xff", "add x0, x1, #1, lsl #12", "tbz x0, #8, 1f\n1:", "cbz x0, 1f\n1:", "adr x0, 1f\n1:",
        "ldp x29, x30, [sp], #32", "stp x0, x1, [sp, #-16]!", "mrs x0, TPIDR2_EL0", "msr SCTLR_EL1, x0", "mrs x0, S3_4_C1_C1_2", "clz x0, x1",
        "dc civac, x0", "sys #3, c7, c4, #1, x0", "irg x0, x1", "crc32x w0, w1, x2", "madd x0, x1, x2, x3", "csel x0, x1, x2, hs", "mrs x0, ZCR_EL1",
    ];

    public static IEnumerable<object[]> Vector => s_vector.Select(i => new object[] { i });

    public static IEnumerable<object[]> General => s_general.Select(i => new object[] { i });

    [Theory]
    [MemberData(nameof(Vector))]
    public void An_instruction_that_touches_vectors_is_refused(string instruction)
    {
        var refusal = Assert.Throws<BuildException>(() => Gates.NoVectorInstructions(disassembled.Of(instruction), _ => false));
        Assert.StartsWith("a SIMD, FP or SVE instruction in case_", refusal.Message, StringComparison.Ordinal);
        Gates.NoVectorInstructions(disassembled.Of(instruction), _ => true);
    }

    [Theory]
    [MemberData(nameof(General))]
    public void Any_other_instruction_passes(string instruction) =>
        Gates.NoVectorInstructions(disassembled.Of(instruction), _ => false);

    [Fact]
    public void An_unknown_instruction_is_refused() =>
        Assert.Throws<BuildException>(() => Gates.NoVectorInstructions(["40200000:      \t<unknown>"], _ => false));

    [Fact]
    public void Names_are_not_taken_for_registers() =>
        Gates.NoVectorInstructions(["0000000040200000 <d2>:", "40200000:      \tbl\t0x40200000 <d2>", "40200004:      \tadr\tx0, 0x402000b1 <b1+0x10>"], _ => false);

    [Fact]
    public void Data_is_not_taken_for_registers() =>
        Gates.NoVectorInstructions(["40200000:      \tret", "40200004:\t00 00 00 d0\t.word\t0xd0000000"], _ => false);

    [Fact]
    public void A_disassembly_without_instructions_is_refused() =>
        Assert.Throws<BuildException>(() => Gates.NoVectorInstructions(["40200000:\t00 00 00 d0\t.word\t0xd0000000"], _ => false));

    /// <summary>All instructions of the tests, assembled and disassembled at once.</summary>
    public sealed class Disassembled
    {
        private readonly Dictionary<string, List<string>> _lines = [];

        public Disassembled()
        {
            string[] all = [.. s_vector, .. s_general];
            DirectoryInfo directory = Directory.CreateTempSubdirectory("nestor-vectors-");
            string source = Path.Combine(directory.FullName, "all.S");
            string target = Path.Combine(directory.FullName, "all.o");
            File.WriteAllText(source, string.Concat(all.Select((instruction, i) => $"case_{i}:\n        {instruction}\n        nop\n        nop\n")));
            Toolchain.Run("llvm-mc", "-triple=aarch64-none-elf", "-mattr=+v9.3a,+el3,+sme,+mte,+sve2,+aes", "-filetype=obj", "-o", target, source);
            List<string> current = [];
            foreach (string line in ImageBuilder.Disassemble(target))
            {
                int label = line.IndexOf("<case_", StringComparison.Ordinal);
                if (label >= 0 && line.EndsWith(">:", StringComparison.Ordinal))
                {
                    current = [];
                    _lines[all[int.Parse(line[(label + 6)..^2])]] = current;
                }

                current.Add(line);
            }

            directory.Delete(recursive: true);
        }

        internal IReadOnlyList<string> Of(string instruction) => _lines[instruction];
    }
}
