package io.jenkins.plugins.awsrootguard.ui;

import edu.hm.hafner.echarts.Build;
import edu.hm.hafner.echarts.BuildResult;
import edu.hm.hafner.echarts.ChartModelConfiguration;
import edu.hm.hafner.echarts.LineSeries;
import edu.hm.hafner.echarts.LineSeries.FilledMode;
import edu.hm.hafner.echarts.LineSeries.StackedMode;
import edu.hm.hafner.echarts.LinesChartModel;
import edu.hm.hafner.echarts.LinesDataSet;
import edu.hm.hafner.echarts.SeriesBuilder;
import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.assessment.RunSummary;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import io.jenkins.plugins.awsrootguard.report.Label;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import io.jenkins.plugins.echarts.JenkinsPalette;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The open findings of the latest builds of a job, by severity. Loads these builds, but none of their accounts. */
final class FindingsTrend extends SeriesBuilder<RunSummary> {

    private record Series(String name, JenkinsPalette color, ToIntFunction<RunSummary> count) {

        static Series of(Severity severity, JenkinsPalette color) {
            return new Series(Label.word(severity), color, summary -> summary.failed(severity));
        }
    }

    private static final List<Series> ALL = List.of(
            Series.of(Severity.CRITICAL, JenkinsPalette.RED),
            Series.of(Severity.HIGH, JenkinsPalette.ORANGE),
            Series.of(Severity.MEDIUM, JenkinsPalette.YELLOW),
            Series.of(Severity.LOW, JenkinsPalette.BLUE),
            new Series(Label.of(Status.UNKNOWN).word(), JenkinsPalette.PURPLE, RunSummary::unknown));

    private static final int MOST_BUILDS = 50;

    @Override
    protected Map<String, Integer> computeSeries(RunSummary summary) {
        return ALL.stream()
                .collect(Collectors.toMap(Series::name, s -> s.count().applyAsInt(summary)));
    }

    /**
     * Builds the chart.
     *
     * @param last the build at its right end
     */
    LinesChartModel chart(Run<?, ?> last) {
        LinesDataSet counts =
                createDataSet(new ChartModelConfiguration(), () -> results(last).iterator());
        LinesChartModel chart = new LinesChartModel(counts);
        chart.setRangeMin(0);
        for (Series series : ALL) {
            if (counts.getDataSetIds().contains(series.name())) {
                LineSeries line =
                        new LineSeries(series.name(), series.color().normal(), StackedMode.STACKED, FilledMode.FILLED);
                line.addAll(counts.getSeries(series.name()));
                chart.addSeries(line);
            }
        }
        return chart;
    }

    private static Stream<BuildResult<RunSummary>> results(Run<?, ?> last) {
        return Stream.<Run<?, ?>>iterate(last, Objects::nonNull, run -> run.getPreviousBuild())
                .limit(MOST_BUILDS)
                .flatMap(run -> Optional.ofNullable(run.getAction(BuildStore.class))
                        .flatMap(store -> store.history().summary())
                        .map(summary -> new BuildResult<>(
                                new Build(run.getNumber(), run.getDisplayName(), (int) (run.getTimeInMillis() / 1000)),
                                summary))
                        .stream());
    }
}
