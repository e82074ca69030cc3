// Some damaged inputs of each kind, the same in every run; `./build.sh fuzz --inputs` tries as many others as there is time for. An
// input that leaves its memory ends the test run.
using System;
using System.Collections.Generic;
using System.Linq;
using Nestor.Tools.Fuzz.Inputs;
using Nestor.Tools.Support;
using Xunit;

namespace Nestor.Tests.Inputs;

public sealed class InputTests : IDisposable
{
    private const int Count = 1000;
    private const ulong Seed = 1;

    private readonly ScratchDirectory _files = ScratchDirectory.Create("nestor-test-");

    public static TheoryData<string> Names { get; } =
        [.. Catalogue.All("/nowhere").Select(kind => kind.Name)];

    public void Dispose() => _files.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Damaged_inputs_are_taken_or_refused(string name)
    {
        FuzzedInput kind = Catalogue.All(_files.Path).Named(name)[0];
        int taken = 0;
        for (long number = 0; number < Count; number++)
        {
            byte[] input = InputMutation.Make(kind.Valid, Seed, number);
            string? fault = kind.FaultOf(input, out bool isTaken);
            Assert.True(fault is null, $"input {number}: {fault}: {Convert.ToHexString(input)}");
            Assert.True(isTaken || number >= kind.Valid.Count, $"valid input {number} is refused");
            taken += isTaken ? 1 : 0;
        }

        Assert.True(taken > kind.Valid.Count, "nothing that is damaged was taken");
    }

    [Fact]
    public void A_fault_is_found_and_its_input_shortened()
    {
        FuzzedInput kind = new("faulty", [[.. Enumerable.Range(0, 64).Select(i => (byte)i)]], static input =>
        {
            if (input.AsSpan().IndexOf((byte)0xff) is var at and > 2)
            {
                _ = input[at + input.Length];
            }
        });
        List<byte[]> found = [];
        using InputJournal journal = new(_files.File("journal"));
        new InputSession(kind, Seed, journal).Run(Count, DateTime.MaxValue, (_, input, _) => found.Add(input));
        Assert.Equal([0, 0, 0, 0xff], Assert.Single(found));
        Assert.Equal(Count, journal.Number);
    }

    [Fact]
    public void A_refusal_is_no_fault()
    {
        FuzzedInput kind = new("strict", [[1]], static _ => throw new UsageException("no"));
        Assert.Null(kind.FaultOf([1], out bool isTaken));
        Assert.False(isTaken);
    }
}
