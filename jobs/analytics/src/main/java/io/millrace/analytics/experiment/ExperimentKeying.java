package io.millrace.analytics.experiment;

import io.millrace.analytics.window.SingleKeying;

/** A hit counts for its experiment. */
final class ExperimentKeying implements SingleKeying<ExperimentNews, ExperimentHit> {

    private static final long serialVersionUID = 1L;

    @Override
    public String key(ExperimentNews news) {
        return news.experiment();
    }

    @Override
    public ExperimentHit event(ExperimentNews news) {
        return news.hit();
    }
}
