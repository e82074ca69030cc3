// Any register by its encoding, as EL2 reaches it.

namespace Nestor.Payloads;

internal static unsafe class El2
{
    public static ulong Read(uint register)
    {
        Code.Begin();
        Code.Mrs(0, register);
        Code.Finish();
        return Excursion.Run(Pstate.El2h)->X[0];
    }

    public static void Write(uint register, ulong value)
    {
        Code.Begin();
        Code.Msr(register, 0);
        Code.Isb();
        Code.Finish();
        Excursion.Prepare(Pstate.El2h)->X[0] = value;
        Excursion.Run();
    }
}
