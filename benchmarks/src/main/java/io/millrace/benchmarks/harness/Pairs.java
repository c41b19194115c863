package io.millrace.benchmarks.harness;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Lets the contenders of a case run, pair by pair. */
public final class Pairs {

    private final PrintWriter out;

    public Pairs(PrintWriter out) {
        this.out = out;
    }

    /**
     * Plays all pairs.
     *
     * @return for each pair each contender's run, by its name
     */
    public List<Map<String, Run>> play(Contest contest, int pairs) throws InterruptedException {
        List<Map<String, Run>> all = new ArrayList<>();
        for (int pair = 0; pair < pairs; pair++) {
            Map<String, Run> runs = new HashMap<>();
            for (Contender contender : PairOrder.of(contest.contenders(), pair)) {
                Run run = attempt(contender);
                say(contest.name() + " " + (pair + 1) + "/" + pairs, contender, run, contest.amount());
                runs.put(contender.name(), run);
            }
            all.add(runs);
        }
        return all;
    }

    /** A contender that fails has no figure; the others go on. */
    private static Run attempt(Contender contender) throws InterruptedException {
        try {
            return contender.run();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            return Run.failed(String.valueOf(e.getMessage()));
        }
    }

    private void say(String pair, Contender contender, Run run, Amount amount) {
        String figures = run.isValid()
                ? String.format(
                        Locale.ROOT,
                        "%10.0f %s in %6.2f s; CPU s per %s: %6.2f, with servers %6.2f",
                        amount.ofRate(run.rate()),
                        amount.rate(),
                        run.seconds(),
                        amount.million(),
                        run.pipelinePerMillion(),
                        run.allPerMillion())
                : "VOID: " + run.wrong();
        out.println(String.format(Locale.ROOT, "  %-20s %-24s %s; %s", pair, contender.name(), figures, run.note()));
        out.flush();
    }
}
